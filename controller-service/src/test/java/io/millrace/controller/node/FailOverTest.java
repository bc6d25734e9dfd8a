package io.millrace.controller.node;

import static io.millrace.controller.node.ZooKeeperController.await;
import static io.millrace.controller.node.ZooKeeperController.awaitLead;
import static io.millrace.controller.node.ZooKeeperController.awaitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.control.ControlOptions;
import io.millrace.controller.zookeeper.Ensemble;
import io.millrace.controller.zookeeper.Links;
import io.millrace.controller.zookeeper.ZooKeeperFixture;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.Outcome;
import io.millrace.core.statemachine.LogObserver;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The times of the product in a fail-over, on three real servers and a real clock. */
class FailOverTest {
    private static final int TICK_MILLIS = 1_000;
    private static final int SESSION_TIMEOUT_MILLIS = 4_000;
    private static final Duration LEASE = ControlOptions.DEFAULTS.liveness().brokerLease();

    @Test
    void aLeaseOutlivesTheControllerThatGrantedIt() throws Exception {
        Ensemble ensemble = new Ensemble(TICK_MILLIS);
        ZooKeeperFixture zooKeeper = new ZooKeeperFixture(ensemble.connectString(), SESSION_TIMEOUT_MILLIS);
        try (Links links = new Links(ensemble)) {
            ControllerNode dying = ZooKeeperController.start(
                    zooKeeper, zooKeeper.client(links.connectString()), "controller-0", LogObserver.NONE);
            awaitLead(dying);
            BrokerRegistered broker = register(dying);
            awaitUntil("a lease", () -> isLeased(dying, broker));
            ControllerNode next = ZooKeeperController.start(zooKeeper, "controller-1", LogObserver.NONE);
            awaitUntil("the standby to know", () -> next.standing().equals(dying.standing()));

            assertThat(isLeased(dying, broker)).isTrue();
            long leasedAt = System.nanoTime();
            links.cut(); // and nothing is heard of that controller any more
            awaitUntil("a lease of the next controller", () -> isLeased(next, broker));

            assertThat(Duration.ofNanos(System.nanoTime() - leasedAt)).isLessThan(LEASE);
            assertThat(next.image().brokers().values())
                    .singleElement()
                    .matches(image -> !image.fenced() && image.brokerEpoch() == broker.brokerEpoch());
            dying.close();
            next.close();
        } finally {
            zooKeeper.close();
            ensemble.close();
        }
    }

    private static BrokerRegistered register(ControllerNode node) throws Exception {
        Outcome<BrokerRegistered> outcome =
                await(node.registerBroker(new BrokerRegistration(0, null, new UUID(0, 1), null, List.of())));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<BrokerRegistered>) outcome).value();
    }

    private static boolean isLeased(ControllerNode node, BrokerRegistered broker) {
        try {
            return await(node.heartbeat(new BrokerHeartbeat(
                                    0, broker.brokerEpoch(), node.image().version(), false)))
                            instanceof Outcome.Done<BrokerLease>(BrokerLease lease)
                    && !lease.fenced();
        } catch (Exception e) {
            throw new AssertionError("No answer", e);
        }
    }
}
