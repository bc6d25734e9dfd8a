package io.millrace.gateway.kafka.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread that reads and writes some of the connections. */
final class NetworkLoop {
    private static final int SCRATCH_BYTES = 64 << 10;
    private static final long TICK_MILLIS = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final NetworkShared shared;
    private final AtomicInteger connectionCount;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>((one, other) -> Long.signum(one.atNanos() - other.atNanos()));
    private volatile boolean asleep;
    private volatile boolean stopped;
    private long nowNanos = System.nanoTime();

    NetworkLoop(String name, NetworkShared shared, AtomicInteger connectionCount) throws IOException {
        this.selector = Selector.open();
        this.shared = shared;
        this.connectionCount = connectionCount;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** A task for a time to come. */
    record Alarm(long atNanos, Runnable task) {}

    void start() {
        thread.start();
    }

    /** Ends all connections and the thread, and waits for that. */
    void stop() throws InterruptedException {
        execute(() -> stopped = true);
        thread.join();
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Runs the task on this thread, soon. */
    void execute(Runnable task) {
        tasks.add(task);
        if (asleep && !isCurrent()) {
            asleep = false; // one wake-up is enough, and it costs a system call
            selector.wakeup();
        }
    }

    /** Runs the task on this thread at that time. Called on this thread. */
    Alarm at(long atNanos, Runnable task) {
        Alarm alarm = new Alarm(atNanos, task);
        alarms.add(alarm);
        return alarm;
    }

    /** Does not run the task after all. Called on this thread. */
    void cancel(Alarm alarm) {
        alarms.remove(alarm);
    }

    /** The time of this turn. */
    long nowNanos() {
        return nowNanos;
    }

    /** Where sockets are read to; its content is gone with the next read. */
    ByteBuffer scratch() {
        return scratch;
    }

    /** Takes over a socket that was accepted. */
    void adopt(SocketChannel channel, String listener) {
        execute(() -> {
            try {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Client client = new Client(listener, (InetSocketAddress) channel.getRemoteAddress());
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                Connection connection = new Connection(this, key, channel, client, shared);
                key.attach(connection);
                connections.add(connection);
                shared.observer().connected(client);
            } catch (IOException gone) {
                connectionCount.decrementAndGet();
                closeQuietly(channel);
            }
        });
    }

    /** Keeps a socket that was accepted for so long, without a look at it, and closes it. */
    void hold(SocketChannel channel, Duration time, Runnable over) {
        execute(() -> at(nowNanos + time.toNanos(), () -> {
            closeQuietly(channel);
            over.run();
        }));
    }

    /** A connection has ended. */
    void ended(Connection connection) {
        connections.remove(connection);
        connectionCount.decrementAndGet();
        shared.observer().disconnected(connection.client());
    }

    private void run() {
        long tickedNanos = nowNanos;
        while (!stopped) {
            turn();
            if (nowNanos - tickedNanos > TICK_MILLIS * NANOS_PER_MILLI) {
                tickedNanos = nowNanos;
                List.copyOf(connections).forEach(connection -> connection.tick(nowNanos));
            }
        }
        new ArrayList<>(connections).forEach(connection -> connection.close(null));
        alarms.forEach(alarm -> alarm.task().run()); // sockets that are held; connections have none any more
        try {
            selector.close();
        } catch (IOException ignored) {
            // Nothing is registered any more.
        }
    }

    private void turn() {
        try {
            asleep = true;
            long waitMillis = waitMillis();
            if (tasks.isEmpty() && waitMillis > 0) {
                selector.select(waitMillis);
            } else {
                selector.selectNow();
            }
            asleep = false;
        } catch (IOException e) {
            throw new UncheckedIOException("The selector is broken", e);
        }
        nowNanos = System.nanoTime();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid() && key.attachment() instanceof Connection connection) {
                connection.ready();
            }
        }
        selector.selectedKeys().clear();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        while (!alarms.isEmpty() && alarms.element().atNanos - nowNanos <= 0) {
            alarms.remove().task.run();
        }
    }

    /** How long there is nothing to do by itself. */
    private long waitMillis() {
        if (alarms.isEmpty()) {
            return TICK_MILLIS;
        }
        long nanos = alarms.element().atNanos - System.nanoTime();
        return Math.clamp((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI, 0, TICK_MILLIS);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // It is gone.
        }
    }
}
