package io.millrace.gateway.kafka.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Listens for Kafka clients and shares their connections out among its loops. All of its threads are started here. */
public final class KafkaServer implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final long PAUSE_MILLIS = 100;

    /** Connections that are held before they are closed; more are closed at once. */
    private static final int HELD_MAX = 1_000;

    private final NetworkShared shared;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<NetworkLoop> loops = new ArrayList<>();
    private final List<ServerSocketChannel> listening = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Admission admission;
    private final AtomicInteger heldConnections = new AtomicInteger();

    public KafkaServer(NetworkOptions options, FrameHandler handler, Admission admission, NetworkObserver observer)
            throws IOException {
        this.admission = admission;
        this.shared = new NetworkShared(
                options,
                new FrameMemory(),
                new FrameRoom(options.bytesInFlightMax()),
                new AtomicLong(),
                handler,
                observer);
        for (int i = 0; i < options.loops(); i++) {
            NetworkLoop loop = new NetworkLoop("kafka-" + i, shared, connections);
            loops.add(loop);
            loop.start();
        }
    }

    /**
     * Listens on an address; returns the one that it has got, as port 0 takes any.
     *
     * @param bound hears of that before the first connection is taken
     */
    public InetSocketAddress listen(String listener, InetSocketAddress address, Consumer<InetSocketAddress> bound)
            throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address, BACKLOG);
        } catch (IOException e) {
            channel.close();
            throw new IOException("Cannot listen on " + address + ": " + e.getMessage(), e);
        }
        listening.add(channel);
        InetSocketAddress got = (InetSocketAddress) channel.getLocalAddress();
        bound.accept(got);
        Thread acceptor = new Thread(() -> accept(channel, listener), "kafka-accept-" + listener);
        acceptor.setDaemon(true);
        acceptor.start();
        return got;
    }

    /** Connections that are open. */
    public int connections() {
        return connections.get();
    }

    /** Bytes of frames that are not answered. */
    public long bytesInFlight() {
        return shared.room().used();
    }

    /** Memory of replies that their clients have not taken, in bytes. */
    public long heldBytes() {
        return shared.heldBytes().get();
    }

    @Override
    public void close() throws IOException {
        for (ServerSocketChannel channel : listening) {
            channel.close();
        }
        try {
            for (NetworkLoop loop : loops) {
                loop.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocketChannel channel, String listener) {
        while (channel.isOpen()) {
            try {
                admit(channel.accept(), listener);
            } catch (ClosedChannelException stopped) {
                return;
            } catch (IOException outOfFiles) {
                pause();
            }
        }
    }

    private void admit(SocketChannel channel, String listener) throws IOException {
        if (connections.incrementAndGet() > shared.options().connectionsMax()) {
            connections.decrementAndGet();
            shared.observer().refused();
            channel.close();
            return;
        }
        NetworkLoop loop = loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
        InetAddress address = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
        Duration hold = admission.holdBeforeClose(address);
        if (hold.isZero()) {
            loop.adopt(channel, listener);
        } else {
            connections.decrementAndGet();
            shared.observer().throttled(address, hold);
            hold(channel, hold, loop);
        }
    }

    private void hold(SocketChannel channel, Duration time, NetworkLoop loop) throws IOException {
        if (heldConnections.incrementAndGet() > HELD_MAX) {
            heldConnections.decrementAndGet();
            channel.close();
        } else {
            loop.hold(channel, time, heldConnections::decrementAndGet);
        }
    }

    /** Accepting again at once would fail again: some connection has to end first. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
