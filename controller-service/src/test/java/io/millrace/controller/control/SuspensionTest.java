package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.controller.node.ControllerNode;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A controller that has lost its log keeps going what is going, and decides nothing. */
class SuspensionTest {
    private static final Duration LEASE = ControlOptions.DEFAULTS.liveness().brokerLease();

    private final ControlWorld world = new ControlWorld();

    @Test
    void leasesGoOnAndThePictureStays() {
        BrokerRegistered broker = world.startBroker(0);
        world.createTopic("orders", 1, 1);
        ClusterImage before = world.image();

        world.cutOffController();

        for (int second = 0; second < 3 * LEASE.toSeconds(); second++) {
            world.pass(Duration.ofSeconds(1));
            assertThat(world.heartbeat(0, broker)).isEqualTo(Outcome.done(new BrokerLease(LEASE, false)));
        }
        assertThat(world.image()).isEqualTo(before);
        assertThat(world.node().standing())
                .isEqualTo(new ControllerStanding(new ActiveController("controller-1", "localhost", 19_093, 1), true));
    }

    @Test
    void nothingIsDecidedAndTheReasonIsGiven() {
        BrokerRegistered broker = world.startBroker(0);
        BrokerRegistered silent = world.startBroker(1);
        world.createTopic("orders", 2, 2);
        world.cutOffController();

        world.pass(LEASE.multipliedBy(2));

        assertThat(world.image().brokers().values())
                .as("nobody is fenced")
                .noneMatch(BrokerImage::fenced)
                .hasSize(2);
        assertSuspended(world.await(world.node().createTopic(new CreateTopicRequest("more", 1, 1, Map.of(), false))));
        assertSuspended(world.register(2));
        assertSuspended(world.await(world.node()
                .heartbeat(new BrokerHeartbeat(
                        0, broker.brokerEpoch(), world.image().version(), true))));
        assertThat(done(world.heartbeat(1, silent)).fenced()).isFalse();
    }

    @Test
    void aFencedBrokerStaysFenced() {
        BrokerRegistered broker = done(world.register(0));
        world.cutOffController();

        assertSuspended(world.heartbeat(0, broker));

        assertThat(world.image().brokers().get(0)).matches(BrokerImage::fenced);
    }

    @Test
    void anEpochThatTheLastPictureCannotKnowIsNobodysFault() {
        BrokerRegistered old = world.startBroker(0);
        BrokerRegistered newer = new BrokerRegistered(old.clusterId(), old.brokerEpoch() + 5);
        BrokerRegistered older = new BrokerRegistered(old.clusterId(), old.brokerEpoch() - 1);
        world.cutOffController();

        assertSuspended(world.heartbeat(0, newer));
        assertSuspended(world.heartbeat(7, newer));
        assertThat(refusalOf(world.heartbeat(0, older))).isInstanceOf(Refusal.StaleEpoch.class);
    }

    @Test
    void whenItLeadsAgainEverythingGoesOn() {
        BrokerRegistered broker = world.startBroker(0);
        world.createTopic("orders", 1, 1);
        long before = world.image().version();
        world.cutOffController();
        world.pass(LEASE.multipliedBy(2));
        done(world.heartbeat(0, broker));

        world.reconnectController();

        assertThat(world.node().standing().suspended()).isFalse();
        assertThat(world.node().epoch()).isEqualTo(2);
        assertThat(world.image().version()).isEqualTo(before + 1);
        assertThat(world.image().topics()).containsOnlyKeys("orders");
        assertThat(done(world.heartbeat(0, broker)).fenced()).isFalse();
        assertThat(refusalOf(world.register(0)))
                .as("what was heard meanwhile proves that the broker lives")
                .isInstanceOf(Refusal.BrokerIdInUse.class);
        assertThat(world.createTopic("more", 1, 1).partitions()).hasSize(1);
    }

    @Test
    void whenAnotherOneLeadsItRefusesAndNamesThatOne() {
        BrokerRegistered broker = world.startBroker(0);
        ControllerNode other = world.joinController();
        world.cutOffController();
        boolean suspended = world.node().standing().suspended();

        world.reconnectController();

        assertThat(suspended).isTrue();
        assertThat(world.node().standing()).isEqualTo(other.standing());
        assertThat(other.standing())
                .isEqualTo(new ControllerStanding(new ActiveController("controller-2", "localhost", 19_094, 2), false));
        Refusal refusal = refusalOf(world.heartbeat(0, broker));
        assertThat(refusal).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(refusal.message()).contains("controller-2 at localhost:19094");
    }

    @Test
    void aControllerThatNeverLedIsNotSuspended() {
        ControllerNode standby = world.joinController();

        assertThat(standby.standing()).isEqualTo(world.node().standing());
        assertThat(standby.standing().suspended()).isFalse();
        assertThat(standby.epoch()).isEqualTo(-1);
    }

    private static void assertSuspended(Outcome<?> outcome) {
        Refusal refusal = refusalOf(outcome);
        assertThat(refusal).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(refusal.message()).contains("controller-1 has lost its log");
    }

    private static Refusal refusalOf(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).refusal();
    }
}
