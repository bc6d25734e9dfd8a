package io.millrace.gateway.grpc.app;

import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.rpc.transport.BoundedAcceptor;
import io.millrace.rpc.transport.NetworkThreads;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * Sets the server up. Handlers run on the network threads, because none of them waits: that saves a hop between threads
 * for each message.
 */
final class GrpcServer implements ServerBuilderCustomizer<NettyServerBuilder> {
    /** How often a client may ask whether the server is still there, before it is taken for an attack. */
    private static final long PERMITTED_PING_SECONDS = 10;

    private final GrpcProperties properties;
    private final NetworkThreads threads;
    private final ObjectProvider<MeterRegistry> registry;

    GrpcServer(GrpcProperties properties, NetworkThreads threads, ObjectProvider<MeterRegistry> registry) {
        this.properties = properties;
        this.threads = threads;
        this.registry = registry;
    }

    @Override
    public void customize(NettyServerBuilder builder) {
        builder.directExecutor()
                .maxInboundMessageSize(Math.toIntExact(properties.maxMessage().toBytes()))
                .maxConcurrentCallsPerConnection(properties.maxCallsPerConnection())
                .flowControlWindow(
                        Math.toIntExact(properties.flowControlWindow().toBytes()))
                .keepAliveTime(properties.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(PERMITTED_PING_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .bossEventLoopGroup(threads.acceptor())
                .workerEventLoopGroup(threads.workers())
                .channelFactory(new BoundedAcceptor.Factory(properties.maxConnections()));
        registry.ifAvailable(meters -> builder.addStreamTracerFactory(new CallTimer(meters)));
    }
}
