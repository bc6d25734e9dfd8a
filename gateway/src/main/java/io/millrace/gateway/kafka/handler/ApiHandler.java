package io.millrace.gateway.kafka.handler;

import io.millrace.gateway.kafka.wire.RequestReader;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Serves one API whose requests kafka-clients reads.
 *
 * @param <Q> its request
 */
public interface ApiHandler<Q extends ApiMessage> extends FrameApi {
    /** Replies to the call, now or later. Called on the connection's thread, so it must not wait. */
    void handle(Q request, Call call);

    @Override
    default void receive(ByteBuffer frame, Call call) {
        @SuppressWarnings("unchecked") // made from the key that led to this handler
        Q request = (Q) RequestReader.read(frame, call.head());
        handle(request, call);
    }
}
