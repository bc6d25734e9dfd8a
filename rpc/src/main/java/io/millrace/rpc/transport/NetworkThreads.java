package io.millrace.rpc.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The threads of gRPC servers and clients: one accepts connections, the others read, serve and write them. */
public final class NetworkThreads implements AutoCloseable {
    private final EventLoopGroup acceptor;
    private final EventLoopGroup workers;

    /** Threads whose names begin so; they start when they are first needed. */
    public NetworkThreads(String name, int count) {
        acceptor = group(name + "-accept", 1);
        workers = group(name, count);
    }

    public EventLoopGroup acceptor() {
        return acceptor;
    }

    public EventLoopGroup workers() {
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
