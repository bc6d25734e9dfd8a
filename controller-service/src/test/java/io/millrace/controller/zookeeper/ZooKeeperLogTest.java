package io.millrace.controller.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.statemachine.LogObserver;
import io.millrace.core.statemachine.ReplicatedLog;
import io.millrace.core.statemachine.contract.ReplicatedLogContract;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ZooKeeperLogTest extends ReplicatedLogContract {
    private static final int WRITE_BYTES_MAX = 4 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<ReplicatedLog<String, String>, CuratorFramework> sessions = new HashMap<>();
    private ZooKeeperFixture zooKeeper;

    @BeforeEach
    void startZooKeeper() throws Exception {
        zooKeeper = new ZooKeeperFixture();
    }

    @AfterEach
    void stopZooKeeper() throws Exception {
        zooKeeper.close();
    }

    @Override
    protected ReplicatedLog<String, String> member(LogObserver observer) {
        CuratorFramework client = zooKeeper.client();
        ReplicatedLog<String, String> log =
                zooKeeper.log(client, "member-" + sessions.size(), new TextZnodes(), WRITE_BYTES_MAX, observer);
        sessions.put(log, client);
        return log;
    }

    @Override
    protected void expire(ReplicatedLog<String, String> member) throws Exception {
        CuratorFramework client = sessions.get(member);
        assertThat(client).isNotNull();
        client.getZookeeperClient().getZooKeeper().getTestable().injectSessionExpiration();
    }

    @Override
    protected void awaitMembers(int count) throws Exception {
        CuratorFramework client = zooKeeper.client();
        awaitUntil(count + " candidates", () -> candidates(client) == count);
    }

    private static int candidates(CuratorFramework client) {
        try {
            return client.getChildren()
                    .forPath("/millrace/controller/candidates")
                    .size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected void awaitUntil(String what, BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for: " + what).isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
