package io.millrace.rpc.client;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/** Knows whether a call has left this process: its headers, which go before everything else, were written. */
final class SentMark extends ClientStreamTracer.Factory {
    private volatile boolean sent;

    boolean isSet() {
        return sent;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void outboundHeaders() {
                sent = true;
            }
        };
    }
}
