package io.millrace.rpc.server;

import io.grpc.SynchronizationContext;
import io.millrace.core.api.ControllerApi;
import io.millrace.internal.v1.HeartbeatRequest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which stream carries the heartbeats of which broker. A broker is reported as disconnected when the stream that carried its
 * latest heartbeat ends: one that has opened a new stream before the end of the old one was noticed is not.
 */
final class HeartbeatCarriers {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatCarriers.class);

    private final ControllerApi controller;
    private final SynchronizationContext context =
            new SynchronizationContext((thread, bug) -> LOG.error("Heartbeats of brokers could not be followed", bug));

    /** The stream of each broker; a stream is in it once at most, or not at all. Confined to the context. */
    private final Map<Broker, HeartbeatCall> streams = new HashMap<>();

    /** Every stream, whether it has carried anything yet or not. Confined to the context. */
    private final Set<HeartbeatCall> open = new LinkedHashSet<>();

    private boolean closed;

    HeartbeatCarriers(ControllerApi controller) {
        this.controller = controller;
    }

    /** A stream has begun. */
    void began(HeartbeatCall stream) {
        context.execute(() -> {
            open.add(stream);
            if (closed) {
                stream.close();
            }
        });
    }

    /** Ends every stream, and those that begin later. */
    void close() {
        context.execute(() -> {
            closed = true;
            List.copyOf(open).forEach(HeartbeatCall::close);
        });
    }

    private record Broker(int brokerId, long brokerEpoch) {}

    /**
     * A heartbeat has come over that stream. The controller is asked behind what it is told of broken streams: were the
     * end of a stream to overtake the heartbeat that renews it, a living broker would be held for dead.
     */
    void carries(HeartbeatCall stream, HeartbeatRequest heartbeat, Runnable ask) {
        Broker broker = new Broker(heartbeat.getBrokerId(), heartbeat.getBrokerEpoch());
        context.execute(() -> {
            if (streams.get(broker) != stream) {
                forget(stream);
                streams.put(broker, stream);
            }
            ask.run();
        });
    }

    /** That stream carries nothing any more. */
    void ended(HeartbeatCall stream) {
        context.execute(() -> {
            open.remove(stream);
            forget(stream);
        });
    }

    private void forget(HeartbeatCall stream) {
        streams.entrySet().removeIf(carried -> {
            boolean its = carried.getValue() == stream;
            if (its) {
                controller.disconnected(
                        carried.getKey().brokerId(), carried.getKey().brokerEpoch());
            }
            return its;
        });
    }
}
