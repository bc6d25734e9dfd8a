package io.millrace.gateway.grpc.app;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The threads of the gRPC server: one accepts connections, the others read, serve and write them. */
final class NetworkThreads implements AutoCloseable {
    private final EventLoopGroup acceptor = group("grpc-accept", 1);
    private final EventLoopGroup workers;

    NetworkThreads(int count) {
        workers = group("grpc", count);
    }

    EventLoopGroup acceptor() {
        return acceptor;
    }

    EventLoopGroup workers() {
        return workers;
    }

    @Override
    public void close() {
        var _ = acceptor.shutdownGracefully();
        var _ = workers.shutdownGracefully();
    }

    private static EventLoopGroup group(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }
}
