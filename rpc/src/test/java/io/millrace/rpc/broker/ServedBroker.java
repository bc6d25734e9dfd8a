package io.millrace.rpc.broker;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.rpc.server.BrokerEndpoint;
import io.millrace.rpc.server.ServerLimits;
import io.millrace.rpc.server.ServerRoom;
import io.millrace.rpc.server.ServerSetUp;
import io.millrace.rpc.transport.NetworkThreads;
import io.millrace.rpc.wire.BrokerAddressed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A broker behind a server on a port of the loopback. */
final class ServedBroker implements AutoCloseable {
    private final ThreadEventLoops loops =
            new ThreadEventLoops("server-room", 1, (thread, bug) -> bug.printStackTrace(System.err));
    private final ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor();
    private final NetworkThreads threads = new NetworkThreads("server", 1);
    private final ServerRoom room;
    private final Server server;

    ServedBroker(BrokerApi broker) {
        this(broker, Settings.BROKER, Settings.SERVER, 0);
    }

    ServedBroker(BrokerApi broker, BrokerAddressed identity, ServerLimits limits, int port) {
        room = new ServerRoom(limits, loops.all().getFirst());
        BrokerEndpoint endpoint = new BrokerEndpoint(broker, Settings.identity(identity), room, reading);
        ServerSetUp setUp = new ServerSetUp(List.of(endpoint), limits, threads);
        try {
            server = setUp.apply(NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    ServerRoom room() {
        return room;
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
        loops.close();
    }
}
