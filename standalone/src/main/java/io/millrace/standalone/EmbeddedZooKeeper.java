package io.millrace.standalone;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/** A ZooKeeper server in this process, reachable from this machine only. It syncs each transaction before answering. */
final class EmbeddedZooKeeper implements AutoCloseable {
    private static final int TICK_MILLIS = 1_000;
    private static final int CONNECTIONS_MAX = 100;
    private static final int SNAPSHOTS_KEPT = 3;
    private static final int PURGE_INTERVAL_HOURS = 1;

    private final ZooKeeperServer server;
    private final NIOServerCnxnFactory connections;
    private final DatadirCleanupManager cleanup;

    private EmbeddedZooKeeper(ZooKeeperServer server, NIOServerCnxnFactory connections, DatadirCleanupManager cleanup) {
        this.server = server;
        this.connections = connections;
        this.cleanup = cleanup;
    }

    /** Starts a server on the data in the directory; port 0 means any free one. */
    static EmbeddedZooKeeper start(Path directory, int port) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        File files = directory.toFile();
        ZooKeeperServer server = new ZooKeeperServer(new FileTxnSnapLog(files, files), TICK_MILLIS, "");
        NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
        connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECTIONS_MAX);
        connections.startup(server);
        endFormerSessions(server);
        DatadirCleanupManager cleanup = new DatadirCleanupManager(files, files, SNAPSHOTS_KEPT, PURGE_INTERVAL_HOURS);
        cleanup.start();
        return new EmbeddedZooKeeper(server, connections, cleanup);
    }

    // All clients live in this process, which owns the directory: sessions found in it belong to a process that is
    // gone,
    // and waiting for them to expire would only delay the election of a controller after a crash.
    private static void endFormerSessions(ZooKeeperServer server) {
        server.getZKDatabase().getSessions().forEach(server::closeSession);
    }

    String connectString() {
        return "127.0.0.1:" + connections.getLocalPort();
    }

    @Override
    public void close() {
        cleanup.shutdown();
        connections.shutdown();
        server.shutdown();
    }
}
