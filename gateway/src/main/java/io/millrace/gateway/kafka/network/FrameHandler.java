package io.millrace.gateway.kafka.network;

import java.nio.ByteBuffer;

/** Whoever understands frames. */
public interface FrameHandler {
    /**
     * A frame has come, its length prefix taken off. Called on the connection's thread, so it must not wait, and frames of one
     * connection come in their order. The frame is the handler's until it has replied. An exception ends the connection.
     */
    void received(ByteBuffer frame, Client client, Answer answer);
}
