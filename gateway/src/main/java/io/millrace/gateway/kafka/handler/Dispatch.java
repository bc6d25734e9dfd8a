package io.millrace.gateway.kafka.handler;

import io.millrace.core.environment.Clock;
import io.millrace.gateway.kafka.network.Answer;
import io.millrace.gateway.kafka.network.Client;
import io.millrace.gateway.kafka.network.FrameHandler;
import io.millrace.gateway.kafka.wire.RequestHead;
import java.nio.ByteBuffer;

/** Gives each frame to the handler of its API. What cannot be understood ends the connection, as in Kafka. */
public final class Dispatch implements FrameHandler {
    private final ApiTable table;
    private final Clock clock;
    private final CallObserver observer;

    public Dispatch(ApiTable table, Clock clock, CallObserver observer) {
        this.table = table;
        this.clock = clock;
        this.observer = observer;
    }

    @Override
    public void received(ByteBuffer frame, Client client, Answer answer) {
        RequestHead head = RequestHead.read(frame);
        Call call = new Call(head, client, answer, observer, clock.nanoTime());
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
}
