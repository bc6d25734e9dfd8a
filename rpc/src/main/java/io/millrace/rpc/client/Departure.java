package io.millrace.rpc.client;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** Notes whether a call has left this process: one that has not can be made again whatever it asks for. */
final class Departure extends ClientStreamTracer.Factory {
    private volatile boolean left;

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void outboundHeaders() {
                left = true;
            }
        };
    }

    boolean hasLeft() {
        return left;
    }
}
