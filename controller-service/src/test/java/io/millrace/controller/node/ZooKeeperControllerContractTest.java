package io.millrace.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.control.ControlOptions;
import io.millrace.controller.zookeeper.MetadataZnodes;
import io.millrace.controller.zookeeper.ZooKeeperFixture;
import io.millrace.controller.zookeeper.ZooKeeperLogOptions;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.contract.ControllerApiContract;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.statemachine.LogObserver;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ZooKeeperControllerContractTest extends ControllerApiContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ZooKeeperFixture zooKeeper;
    private ControllerNode node;

    @BeforeEach
    void start() throws Exception {
        zooKeeper = new ZooKeeperFixture();
        var loop = zooKeeper.loops("controller").all().getFirst();
        node = new ControllerNode(
                new ControllerNode.Doors(loop, loop::post, new SystemClock(), new SecureRandomness()),
                zooKeeper.log(
                        zooKeeper.client(),
                        "controller-0",
                        new MetadataZnodes(),
                        ZooKeeperLogOptions.WRITE_BYTES_MAX,
                        LogObserver.NONE),
                ControlOptions.DEFAULTS);
        node.start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (node.epoch() < 0) {
            assertThat(System.nanoTime()).as("time to lead").isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        zooKeeper.close();
    }

    @Override
    protected ControllerApi controller() {
        return node;
    }
}
