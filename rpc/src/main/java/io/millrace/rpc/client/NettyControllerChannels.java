package io.millrace.rpc.client;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

/** Channels over TCP. */
public final class NettyControllerChannels implements ControllerChannels {
    private final int messageBytesMax;
    private final ClientInterceptor[] observers;

    /**
     * Channels of a client.
     *
     * @param observers see every call, and change none
     */
    public NettyControllerChannels(ControllerClientOptions options, ClientInterceptor... observers) {
        this.messageBytesMax = options.messageBytesMax();
        this.observers = observers.clone();
    }

    @Override
    public ManagedChannel open(ControllerAddress address) {
        return NettyChannelBuilder.forAddress(address.host(), address.port())
                .usePlaintext()
                // Between processes of one cluster there is no proxy, whatever the environment says about the world
                // outside.
                .proxyDetector(target -> null)
                // Whether a request was sent decides whether it may be sent again, which is not for gRPC to judge.
                .disableRetry()
                .maxInboundMessageSize(messageBytesMax)
                .intercept(observers)
                .build();
    }
}
