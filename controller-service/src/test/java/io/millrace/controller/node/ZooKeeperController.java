package io.millrace.controller.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.control.ControlOptions;
import io.millrace.controller.zookeeper.MetadataZnodes;
import io.millrace.controller.zookeeper.ZooKeeperFixture;
import io.millrace.controller.zookeeper.ZooKeeperLogOptions;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.LogObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.curator.framework.CuratorFramework;

/** Starts controllers on a ZooKeeper server, and waits for them within bounds. */
final class ZooKeeperController {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ZooKeeperController() {}

    static ControllerNode start(ZooKeeperFixture zooKeeper, String id, LogObserver observer) {
        return start(zooKeeper, zooKeeper.client(), id, observer);
    }

    static ControllerNode start(ZooKeeperFixture zooKeeper, CuratorFramework client, String id, LogObserver observer) {
        return start(zooKeeper, client, zooKeeper.loops(id).all().getFirst(), id, observer);
    }

    static ControllerNode start(
            ZooKeeperFixture zooKeeper, CuratorFramework client, EventLoop loop, String id, LogObserver observer) {
        ControllerNode node = new ControllerNode(
                new ControllerNode.Doors(loop, loop::post, new SystemClock(), new SecureRandomness()),
                zooKeeper.log(client, id, new MetadataZnodes(), ZooKeeperLogOptions.WRITE_BYTES_MAX, observer),
                ControlOptions.DEFAULTS);
        node.start(new LogMember(id, "localhost", 19093));
        return node;
    }

    static void awaitLead(ControllerNode node) throws InterruptedException {
        awaitUntil("the lead", () -> node.epoch() >= 0);
    }

    static void awaitUntil(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time for " + what).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    static <T> Outcome<T> await(CompletableFuture<Outcome<T>> answer) throws Exception {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
