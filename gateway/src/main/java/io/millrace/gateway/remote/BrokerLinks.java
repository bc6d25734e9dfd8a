package io.millrace.gateway.remote;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.Endpoint;
import io.millrace.gateway.routing.MetadataView;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The links to brokers, made when they are first needed and closed when the picture no longer shows that broker process at
 * that address. Safe for any thread.
 */
final class BrokerLinks implements AutoCloseable {
    private final BrokerLink.Maker maker;
    private final EventLoop timers;
    private final Clock clock;
    private final ConcurrentHashMap<Integer, Open> links = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private volatile @Nullable CompletableFuture<?> nextPicture;

    BrokerLinks(MetadataView view, BrokerLink.Maker maker, EventLoop timers, Clock clock) {
        this.maker = maker;
        this.timers = timers;
        this.clock = clock;
        follow(view);
    }

    /** The broker as this picture shows it, or nothing when it has no address. */
    Optional<Linked> to(ClusterImage image, int brokerId) {
        Optional<Target> target = target(image, brokerId);
        if (target.isEmpty() || closed) {
            return Optional.empty();
        }
        Open open = links.compute(brokerId, (_, present) -> replaced(present, target.get()));
        if (closed) {
            open.close();
        }
        return Optional.of(open.linked);
    }

    private Open replaced(@Nullable Open present, Target target) {
        // A thread that still holds an older picture must not bring back the link to a broker's earlier life.
        if (present != null && (present.target.equals(target) || present.target.brokerEpoch() > target.brokerEpoch())) {
            return present;
        }
        if (present != null) {
            present.close();
        }
        BrokerLink link = maker.to(target.clusterId(), target.broker(), target.endpoint());
        return new Open(
                target,
                link,
                new Linked(link.broker(), link.isLocal() ? null : new AppendLines(link.broker(), timers, clock)));
    }

    private void follow(MetadataView view) {
        ClusterImage seen = view.image();
        CompletableFuture<ClusterImage> next =
                view.await(image -> !image.brokers().equals(seen.brokers()));
        nextPicture = next;
        var _ = next.thenAccept(image -> {
            closeWhatIsGone(image);
            if (!closed) {
                follow(view);
            }
        });
    }

    private void closeWhatIsGone(ClusterImage image) {
        for (Integer brokerId : links.keySet()) {
            links.computeIfPresent(brokerId, (_, open) -> {
                if (target(image, brokerId).filter(open.target::equals).isPresent()) {
                    return open;
                }
                open.close();
                return null;
            });
        }
    }

    private static Optional<Target> target(ClusterImage image, int brokerId) {
        BrokerImage broker = image.brokers().get(brokerId);
        if (broker == null) {
            return Optional.empty();
        }
        return broker.endpoints().stream()
                .filter(endpoint -> endpoint.listener().equals(Endpoint.INTERNAL) && endpoint.port() != 0)
                .findFirst()
                .map(endpoint -> new Target(image.clusterId(), broker, endpoint));
    }

    @Override
    public void close() {
        closed = true;
        CompletableFuture<?> waiting = nextPicture;
        if (waiting != null) {
            waiting.cancel(false);
        }
        links.values().forEach(Open::close);
        links.clear();
    }

    /** A broker process at an address. That it is fenced or not makes no other process of it. */
    private record Target(String clusterId, BrokerImage broker, Endpoint endpoint) {
        long brokerEpoch() {
            return broker.brokerEpoch();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Target target
                    && target.clusterId.equals(clusterId)
                    && target.brokerEpoch() == brokerEpoch()
                    && target.endpoint.equals(endpoint);
        }

        @Override
        public int hashCode() {
            return endpoint.hashCode();
        }
    }

    private record Open(Target target, BrokerLink link, Linked linked) {
        void close() {
            link.close();
            linked.close();
        }
    }

    /**
     * A broker, and the way for appends to it.
     *
     * @param broker for everything else
     * @param lines null where appends go straight to it
     */
    record Linked(BrokerApi broker, @Nullable AppendLines lines) {
        /** Appends what that set of replicas has to have before it is acknowledged. */
        CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request, SortedSet<Integer> replicas) {
            return lines == null ? broker.append(request) : lines.append(request, replicas);
        }

        private void close() {
            if (lines != null) {
                lines.close();
            }
        }
    }
}
