package io.millrace.gateway.kafka.handler;

import io.millrace.core.environment.Clock;
import io.millrace.gateway.kafka.network.Answer;
import io.millrace.gateway.kafka.network.Client;
import io.millrace.gateway.kafka.network.FrameHandler;
import io.millrace.gateway.kafka.wire.RequestHead;
import io.millrace.gateway.quota.ClientQuotas;
import io.millrace.gateway.quota.ThrottledClients;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** Gives each frame to the handler of its API. What cannot be understood ends the connection, as in Kafka. */
public final class Dispatch implements FrameHandler {
    private final ApiTable table;
    private final ThrottledClients throttled;
    private final Clock clock;
    private final CallObserver observer;
    private final Supplier<ConnectionQuotas> noQuotasYet;

    public Dispatch(ApiTable table, ThrottledClients throttled, Clock clock, CallObserver observer) {
        this.table = table;
        this.throttled = throttled;
        this.clock = clock;
        this.observer = observer;
        this.noQuotasYet = () -> new ConnectionQuotas(clock);
    }

    @Override
    public void received(ByteBuffer frame, Client client, Answer answer) {
        RequestHead head = RequestHead.read(frame);
        long startNanos = clock.nanoTime();
        Call call = new Call(head, client, answer, quotas(head, client, startNanos), observer, clock, startNanos);
        FrameApi handler = table.find(head.apiKey());
        if (handler == null) {
            call.hangUp("a request of the unknown API " + head.apiKey());
        } else if (handler.versions().serves(head.version())) {
            call.tryTo(() -> handler.receive(frame, call));
        } else if (handler instanceof ApiVersionsHandler versions) {
            versions.replyToUnknownVersion(call);
        } else {
            call.hangUp("a request of " + handler.versions().api() + " in version " + head.version()
                    + ", which is not served");
        }
    }

    private ClientQuotas quotas(RequestHead head, Client client, long nowNanos) {
        if (!throttled.isAnyThere()) {
            client.timedBy(null);
            return ClientQuotas.NONE;
        }
        return client.keep(ConnectionQuotas.class, noQuotasYet).of(head, client, throttled, nowNanos);
    }
}
