package io.millrace.simulation.remote;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.simulation.network.Inbound;
import io.millrace.simulation.network.Outbound;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A controller as other processes find it: it says who decides, answers only while it decides itself, carries heartbeats and
 * reports the end of the stream that carried them, and shows its picture. Confined to the network loop of its process.
 */
public final class ControllerSeat {
    /** How often watchers are told that the controller is still there, and sent away when it stands by. */
    private static final Duration STANDING_CHECK = Duration.ofSeconds(1);

    private final ControllerApi controller;
    private final String id;
    private final EventLoop network;
    private final Map<Carried, HeartbeatStream> carriers = new LinkedHashMap<>();
    private final Set<PictureStream> watchers = new LinkedHashSet<>();

    public ControllerSeat(ControllerApi controller, String id, EventLoop network) {
        this.controller = controller;
        this.id = id;
        this.network = network;
        network.schedule(STANDING_CHECK, this::look);
    }

    /** Who decides, as the controller of that id sees it. */
    public record Found(String id, String clusterId, ControllerStanding standing) {}

    /**
     * What a controller answers.
     *
     * @param instead who decides, when this one does not
     * @param outcome what came of it, when it does
     */
    public record Answer<T>(
            @Nullable ActiveController instead, @Nullable Outcome<T> outcome) {}

    /** The answer to a heartbeat, with the epoch and the state of the controller that gave it. */
    public record Pulse(Answer<BrokerLease> answer, int controllerEpoch, boolean suspended) {}

    /** A step of the picture. */
    public sealed interface Step {
        /** The whole of it. */
        record Whole(ClusterImage image) implements Step {}

        /** The next change. */
        record Next(ClusterDelta delta) implements Step {}

        /** Nothing new. */
        record Still(boolean suspended) implements Step {}
    }

    private record Carried(int brokerId, long brokerEpoch) {}

    private boolean decides(ControllerStanding standing) {
        return standing.active() != null && standing.active().id().equals(id);
    }

    CompletableFuture<Found> find() {
        ControllerStanding standing = controller.standing();
        String clusterId = decides(standing) ? controller.image().clusterId() : "";
        return CompletableFuture.completedFuture(new Found(id, clusterId, standing));
    }

    <T> CompletableFuture<Answer<T>> ask(Function<ControllerApi, CompletableFuture<Outcome<T>>> question) {
        ControllerStanding standing = controller.standing();
        return decides(standing)
                ? question.apply(controller).thenApply(outcome -> new Answer<>(null, outcome))
                : CompletableFuture.completedFuture(new Answer<>(standing.active(), null));
    }

    Inbound<BrokerHeartbeat> heartbeats(Outbound<Pulse> back) {
        return new HeartbeatStream(back);
    }

    Inbound<Void> watch(Outbound<Step> back) {
        PictureStream stream = new PictureStream(back);
        if (decides(controller.standing())) {
            watchers.add(stream);
            stream.begin();
        } else {
            back.end("this controller stands by");
        }
        return stream;
    }

    private void look() {
        ControllerStanding standing = controller.standing();
        for (PictureStream watcher : List.copyOf(watchers)) {
            if (decides(standing)) {
                watcher.back.send("still", 16, new Step.Still(standing.suspended()));
            } else {
                watcher.back.end("this controller stands by");
                watcher.onEnd("");
            }
        }
        network.schedule(STANDING_CHECK, this::look);
    }

    private void forget(HeartbeatStream stream) {
        carriers.entrySet().removeIf(carried -> {
            boolean its = carried.getValue() == stream;
            if (its) {
                controller.disconnected(
                        carried.getKey().brokerId(), carried.getKey().brokerEpoch());
            }
            return its;
        });
    }

    /** One stream of heartbeats, answered one after the other. */
    private final class HeartbeatStream implements Inbound<BrokerHeartbeat> {
        private final Outbound<Pulse> back;

        HeartbeatStream(Outbound<Pulse> back) {
            this.back = back;
        }

        @Override
        public void onMessage(BrokerHeartbeat heartbeat) {
            ControllerStanding standing = controller.standing();
            int epoch = standing.active() == null ? 0 : standing.active().epoch();
            if (!decides(standing)) {
                back.send("pulse", 16, new Pulse(new Answer<>(standing.active(), null), epoch, false));
                forget(this);
                back.end("this controller stands by");
                return;
            }
            Carried broker = new Carried(heartbeat.brokerId(), heartbeat.brokerEpoch());
            if (carriers.get(broker) != this) {
                forget(this);
                carriers.put(broker, this);
            }
            var _ = controller
                    .heartbeat(heartbeat)
                    .thenAccept(outcome -> back.send(
                            "pulse", 32, new Pulse(new Answer<>(null, outcome), epoch, standing.suspended())));
        }

        @Override
        public void onEnd(String why) {
            forget(this);
        }
    }

    /** One watch of the picture. */
    private final class PictureStream implements Inbound<Void>, ControllerApi.MetadataListener {
        private final Outbound<Step> back;
        private ControllerApi.@Nullable Subscription subscription;

        PictureStream(Outbound<Step> back) {
            this.back = back;
        }

        void begin() {
            subscription = controller.watch(this);
        }

        @Override
        public void onSnapshot(ClusterImage image) {
            back.send("picture", 1_000, new Step.Whole(image));
        }

        @Override
        public void onDelta(ClusterDelta delta, ClusterImage after) {
            back.send("delta", 50 * delta.changes().size(), new Step.Next(delta));
        }

        @Override
        public void onMessage(Void nothing) {}

        @Override
        public void onEnd(String why) {
            watchers.remove(this);
            if (subscription != null) {
                subscription.close();
            }
        }
    }
}
