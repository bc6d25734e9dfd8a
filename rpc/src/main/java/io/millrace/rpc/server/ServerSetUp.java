package io.millrace.rpc.server;

import io.grpc.BindableService;
import io.grpc.netty.NettyServerBuilder;
import io.millrace.rpc.transport.BoundedAcceptor;
import io.millrace.rpc.transport.NetworkThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Gives a server its services and limits. Handlers run on the network threads, because none of them waits: that saves a hop
 * between threads for each message.
 */
public record ServerSetUp(List<BindableService> services, ServerLimits limits, NetworkThreads threads)
        implements UnaryOperator<NettyServerBuilder> {
    /** How often a client may ask whether the server is still there, before it is taken for an attack. */
    private static final Duration PERMITTED_PING = Duration.ofSeconds(1);

    /** Silence after which the server asks whether the client is still there: what a dead one holds comes free again. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

    private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(5);

    public ServerSetUp {
        services = List.copyOf(services);
    }

    @Override
    public NettyServerBuilder apply(NettyServerBuilder builder) {
        builder.directExecutor()
                .maxInboundMessageSize(limits.maxMessageBytes())
                .maxConcurrentCallsPerConnection(limits.callsPerConnectionMax())
                .flowControlWindow(limits.flowControlWindowBytes())
                .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(PERMITTED_PING.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true)
                .bossEventLoopGroup(threads.acceptor())
                .workerEventLoopGroup(threads.workers())
                .channelFactory(new BoundedAcceptor.Factory(limits.connectionsMax()));
        services.forEach(builder::addService);
        return builder;
    }
}
