package io.millrace.gateway.remote;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.Endpoint;
import io.millrace.gateway.routing.MetadataView;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The links to brokers, made when they are first needed and closed when the picture no longer shows that broker process at
 * that address. Safe for any thread.
 */
final class BrokerLinks implements AutoCloseable {
    /** The listener that speaks with other processes of the cluster. */
    private static final String LISTENER = "internal";

    private final BrokerLink.Maker maker;
    private final ConcurrentHashMap<Integer, Open> links = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private volatile @Nullable CompletableFuture<?> nextPicture;

    BrokerLinks(MetadataView view, BrokerLink.Maker maker) {
        this.maker = maker;
        follow(view);
    }

    /** The broker as this picture shows it, or nothing when it has no address. */
    Optional<BrokerApi> to(ClusterImage image, int brokerId) {
        Optional<Target> target = target(image, brokerId);
        if (target.isEmpty() || closed) {
            return Optional.empty();
        }
        Open open = links.compute(brokerId, (_, present) -> replaced(present, target.get()));
        return Optional.of(open.link.broker());
    }

    private Open replaced(@Nullable Open present, Target target) {
        // A thread that still holds an older picture must not bring back the link to a broker's earlier life.
        if (present != null && (present.target.equals(target) || present.target.brokerEpoch() > target.brokerEpoch())) {
            return present;
        }
        if (present != null) {
            present.link.close();
        }
        return new Open(target, maker.to(target.clusterId(), target.broker(), target.endpoint()));
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
                open.link.close();
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
                .filter(endpoint -> endpoint.listener().equals(LISTENER) && endpoint.port() != 0)
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
        links.values().forEach(open -> open.link.close());
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

    private record Open(Target target, BrokerLink link) {}
}
