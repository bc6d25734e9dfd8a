package io.millrace.rpc.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.millrace.core.api.ReplicaApi;
import io.millrace.rpc.broker.Settings;
import io.millrace.rpc.server.ReplicaEndpoint;
import io.millrace.rpc.server.ServerSetUp;
import io.millrace.rpc.transport.NetworkThreads;
import io.millrace.rpc.transport.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A leader behind a server on a port of the loopback. */
final class ServedLeader implements AutoCloseable {
    private final ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor();
    private final NetworkThreads threads = new NetworkThreads("leader", 1);
    private final ReplicaEndpoint endpoint;
    private final Server server;

    ServedLeader(ReplicaApi leader) {
        this(leader, SessionOptions.DEFAULTS);
    }

    ServedLeader(ReplicaApi leader, SessionOptions options) {
        endpoint = new ReplicaEndpoint(leader, options, reading, threads.workers());
        ServerSetUp setUp = new ServerSetUp(List.of(endpoint), Settings.SERVER, threads);
        try {
            server = setUp.apply(
                            NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    /** Returns when the last call has ended, which may be a moment after both sides have heard of it. */
    void awaitNoSession() {
        long start = System.nanoTime();
        while (endpoint.sessions() > 0) {
            assertThat(System.nanoTime() - start)
                    .as("time until the last session has ended")
                    .isLessThan(TimeUnit.SECONDS.toNanos(30));
            Thread.onSpinWait();
        }
    }

    /** Stops in order, as a process does; says whether no call had to be cut off. */
    boolean stop() throws InterruptedException {
        server.shutdown();
        endpoint.close();
        return server.awaitTermination(30, TimeUnit.SECONDS);
    }

    /** Cuts every connection off. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.close();
        reading.shutdownNow();
    }
}
