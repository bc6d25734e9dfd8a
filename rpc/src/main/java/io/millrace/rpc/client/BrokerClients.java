package io.millrace.rpc.client;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.millrace.rpc.transport.NetworkThreads;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Makes clients of brokers, which share threads and room. */
public final class BrokerClients {
    private final ClientLimits limits;
    private final ClientRoom room;
    private final NetworkThreads threads;
    private final IntFunction<List<ClientInterceptor>> observers;

    public BrokerClients(ClientLimits limits, ClientRoom room, NetworkThreads threads) {
        this(limits, room, threads, brokerId -> List.of());
    }

    /**
     * The same, watched.
     *
     * @param observers by broker id, who see every call to that broker and change none
     */
    public BrokerClients(
            ClientLimits limits,
            ClientRoom room,
            NetworkThreads threads,
            IntFunction<List<ClientInterceptor>> observers) {
        this.limits = limits;
        this.room = room;
        this.threads = threads;
        this.observers = observers;
    }

    /** A client that connects when it is first asked, once for reads and once for the rest; to be closed by the caller. */
    public BrokerClient of(BrokerAddress address) {
        return new BrokerClient(address, () -> channel(address), limits, room);
    }

    private ManagedChannel channel(BrokerAddress address) {
        ClientLimits.Patience patience = limits.patience();
        return NettyChannelBuilder.forAddress(address.host(), address.port())
                .usePlaintext()
                // Between processes of one cluster there is no proxy, whatever the environment says about the world
                // outside.
                .proxyDetector(target -> null)
                // gRPC's own retries keep a copy of each request, and do not say whether the first was sent.
                .disableRetry()
                .directExecutor()
                .eventLoopGroup(threads.workers())
                .channelType(NioSocketChannel.class)
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(patience.connect().toMillis()))
                .flowControlWindow(limits.flowControlWindowBytes())
                .maxInboundMessageSize(limits.maxAnswerBytes())
                .intercept(observers.apply(address.broker().brokerId()))
                .keepAliveTime(patience.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(patience.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }
}
