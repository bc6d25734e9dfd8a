package io.millrace.controller.app;

import io.millrace.controller.node.ControllerNode;
import io.millrace.controller.zookeeper.MetadataZnodes;
import io.millrace.controller.zookeeper.ZooKeeperLog;
import io.millrace.controller.zookeeper.ZooKeeperLogOptions;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.curator.retry.RetryOneTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All threads and connections of a controller, opened and closed in order: one loop decides, one waits for ZooKeeper. */
public final class ControllerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerProcess.class);

    /** The log asks ZooKeeper again by itself; this is for what Curator does on its own. */
    private static final int RETRY_PAUSE_MILLIS = 100;

    private final ControllerProperties controller;
    private final CuratorFramework client;
    private final ThreadEventLoops decisions;
    private final ThreadEventLoops writes;
    private final ExecutorService deliveries;
    private final ControllerNode node;

    ControllerProcess(ControllerProperties controller, ZooKeeperProperties zooKeeper, ControllerMeters meters) {
        this.controller = controller;
        client = client(zooKeeper);
        decisions = new ThreadEventLoops("controller", 1, ControllerProcess::report);
        writes = new ThreadEventLoops("controller-zookeeper", 1, ControllerProcess::report);
        deliveries = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("controller-watchers-", 0)
                .uncaughtExceptionHandler(ControllerProcess::report)
                .factory());
        SystemClock clock = new SystemClock();
        SecureRandomness randomness = new SecureRandomness();
        ZooKeeperLog<MetadataKey, MetadataRecord> log = new ZooKeeperLog<>(
                client,
                new ZooKeeperLog.Doors(writes.all().getFirst(), clock, randomness),
                new MetadataZnodes(),
                ZooKeeperLogOptions.of(Math.toIntExact(zooKeeper.writeMax().toBytes())),
                meters);
        node = new ControllerNode(
                new ControllerNode.Doors(decisions.all().getFirst(), deliveries, clock, randomness),
                log,
                controller.options(),
                meters);
    }

    /** The controller of this process. */
    public ControllerNode node() {
        return node;
    }

    /** Its connection to ZooKeeper. */
    CuratorFramework client() {
        return client;
    }

    /**
     * Joins the election.
     *
     * @param listeningOn the port on which this process serves others, or 0 when it serves itself only
     */
    void start(int listeningOn) {
        client.start();
        node.start(controller.member(listeningOn));
    }

    /** Gives up the lead before the session ends, so that the next controller does not wait for its timeout. */
    @Override
    public void close() {
        node.close();
        decisions.close();
        writes.close();
        deliveries.close();
        client.close();
    }

    private static CuratorFramework client(ZooKeeperProperties properties) {
        return CuratorFrameworkFactory.builder()
                .connectString(properties.connect())
                .sessionTimeoutMs(Math.toIntExact(properties.sessionTimeout().toMillis()))
                .connectionTimeoutMs(
                        Math.toIntExact(properties.connectionTimeout().toMillis()))
                .retryPolicy(new RetryOneTime(RETRY_PAUSE_MILLIS))
                .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
                // The addresses that the servers have among themselves need not be those under which they are reached.
                .ensembleTracker(false)
                .build();
    }

    private static void report(Thread thread, Throwable bug) {
        LOG.error("An unexpected exception in thread {}", thread.getName(), bug);
    }
}
