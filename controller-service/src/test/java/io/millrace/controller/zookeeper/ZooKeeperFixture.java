package io.millrace.controller.zookeeper;

import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.statemachine.LogObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.jspecify.annotations.Nullable;

/** A real ZooKeeper server, or an ensemble, with the processes that use it, each with a session of its own. */
public final class ZooKeeperFixture {
    private static final int SESSION_TIMEOUT_MILLIS = 4_000;
    private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;

    private final @Nullable TestingServer server;
    private final String connectString;
    private final int sessionTimeoutMillis;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<Throwable> bugs = new ConcurrentLinkedQueue<>();

    /** A server of its own. */
    public ZooKeeperFixture() throws Exception {
        TestingServer started = new TestingServer(true);
        server = started;
        connectString = started.getConnectString();
        sessionTimeoutMillis = SESSION_TIMEOUT_MILLIS;
        opened.push(started);
    }

    /** Servers that are there already and stay. */
    public ZooKeeperFixture(String connectString, int sessionTimeoutMillis) {
        this.server = null;
        this.connectString = connectString;
        this.sessionTimeoutMillis = sessionTimeoutMillis;
    }

    /** Where the server or the servers are. */
    public String connectString() {
        return connectString;
    }

    /** Makes the server go away, with all it has on its disk kept. */
    public void stopServer() throws Exception {
        Objects.requireNonNull(server).stop();
    }

    /** Makes the server come back at its address. */
    public void startServer() throws Exception {
        Objects.requireNonNull(server).restart();
    }

    /** A new session. */
    public CuratorFramework client() {
        return client(connectString);
    }

    /** A new session, over links of its own. */
    public CuratorFramework client(String links) {
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString(links)
                .sessionTimeoutMs(sessionTimeoutMillis)
                .connectionTimeoutMs(CONNECTION_TIMEOUT_MILLIS)
                .retryPolicy(new RetryOneTime(100))
                .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
                .ensembleTracker(false)
                .build();
        client.start();
        opened.push(client);
        return client;
    }

    /** A new thread. */
    public ThreadEventLoops loops(String name) {
        ThreadEventLoops loops = new ThreadEventLoops(name, 1, (thread, bug) -> bugs.add(bug));
        opened.push(loops);
        return loops;
    }

    /** A member of the log, on a session and a thread of its own. */
    public <K, V> ZooKeeperLog<K, V> log(
            CuratorFramework client, String name, ZnodeLayout<K, V> layout, int writeBytesMax, LogObserver observer) {
        var doors = new ZooKeeperLog.Doors(
                loops("zookeeper-" + name).all().getFirst(), new SystemClock(), new SecureRandomness());
        var options = new ZooKeeperLogOptions(
                ZooKeeperLogOptions.ROOT, writeBytesMax, Duration.ofMillis(100), Duration.ofMillis(200));
        ZooKeeperLog<K, V> log = new ZooKeeperLog<>(client, doors, layout, options, observer);
        opened.push(log);
        return log;
    }

    /** Closes everything, the latest first; fails when an event loop has met an exception. */
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        if (!bugs.isEmpty()) {
            throw new AssertionError("An event loop met an exception", bugs.peek());
        }
    }
}
