package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BrokerLifeTest {
    private static final Duration LEASE = ControlOptions.DEFAULTS.liveness().brokerLease();

    private static final Duration GRACE = ControlOptions.DEFAULTS.liveness().disconnectGrace();

    private final ControlWorld world = new ControlWorld();

    @Test
    void aSilentBrokerIsFencedAndItsPartitionsHaveNoLeader() {
        world.startBroker(0);
        world.createTopic("orders", 2, 1);

        world.pass(LEASE.plusSeconds(1));

        assertThat(isFenced(0)).isTrue();
        PartitionImage partition = world.partition("orders", 1);
        assertThat(partition.leader()).isEqualTo(PartitionImage.NO_LEADER);
        assertThat(partition.inSyncReplicas()).containsExactly(0);
        assertThat(partition.leaderEpoch()).isEqualTo(1);
        assertThat(partition.partitionEpoch()).isEqualTo(1);
    }

    @Test
    void aBrokerThatIsHeardAgainLeadsInTheNextEpoch() {
        BrokerRegistered broker = world.startBroker(0);
        world.createTopic("orders", 1, 1);
        world.pass(LEASE.plusSeconds(1));

        done(world.heartbeat(0, broker));

        assertThat(world.partition("orders", 0).leader()).isZero();
        assertThat(world.partition("orders", 0).leaderEpoch()).isEqualTo(2);
    }

    @Test
    void aBrokerThatDoesNotKnowOfItsFencingYetStaysFenced() {
        BrokerRegistered broker = world.startBroker(0);
        world.createTopic("orders", 1, 1);
        long before = world.image().version();
        world.pass(LEASE.plusSeconds(1));

        BrokerLease unaware = done(heartbeat(broker, before));
        boolean stillFenced = isFenced(0);
        BrokerLease aware = done(heartbeat(broker, before + 1));

        assertThat(unaware.fenced()).isTrue();
        assertThat(stillFenced).isTrue();
        assertThat(aware.fenced()).isFalse();
    }

    @Test
    void aFencedBrokerFollowsTheNextLeadersPictureBeforeItLeads() {
        BrokerRegistered broker = world.startBroker(0);
        world.pass(LEASE.plusSeconds(1));
        long before = world.image().version();

        world.killController();
        BrokerLease unaware = done(heartbeat(broker, before));
        BrokerLease aware = done(heartbeat(broker, world.image().version()));

        assertThat(unaware.fenced()).isTrue();
        assertThat(aware.fenced()).isFalse();
    }

    private Outcome<BrokerLease> heartbeat(BrokerRegistered broker, long version) {
        return world.await(world.node().heartbeat(new BrokerHeartbeat(0, broker.brokerEpoch(), version, false)));
    }

    @Test
    void heartbeatsKeepABrokerUnfenced() {
        BrokerRegistered broker = world.startBroker(0);

        for (int i = 0; i < 20; i++) {
            world.pass(Duration.ofSeconds(2));
            done(world.heartbeat(0, broker));
        }

        assertThat(isFenced(0)).isFalse();
    }

    @Test
    void aSecondLivingProcessOfTheSameBrokerIsRefused() {
        world.startBroker(0);

        Outcome<BrokerRegistered> second = world.register(0);

        assertThat(refusalOf(second)).isInstanceOf(Refusal.BrokerIdInUse.class);
        assertThat(refusalOf(second).message()).contains("9000 ms");
    }

    @Test
    void theSuccessorOfAdeadProcessRegistersWhenTheLeaseIsOver() {
        BrokerRegistered first = world.startBroker(0);
        world.pass(LEASE);

        BrokerRegistered second = done(world.register(0));

        assertThat(second.brokerEpoch()).isGreaterThan(first.brokerEpoch());
        assertThat(refusalOf(world.heartbeat(0, first))).isInstanceOf(Refusal.StaleEpoch.class);
    }

    @Test
    void aBrokerIsForgottenWhenItIsGoneAndHasNoReplicas() {
        world.startBroker(0);
        world.startBroker(1);
        world.createTopic("orders", 1, 1);
        int holder = world.partition("orders", 0).replicas().getFirst();

        Outcome<Integer> alive = unregister(1 - holder);
        world.pass(LEASE.plusSeconds(1));
        Outcome<Integer> holding = unregister(holder);
        Outcome<Integer> gone = unregister(1 - holder);

        assertThat(refusalOf(alive).message()).contains("was heard lately");
        assertThat(refusalOf(holding).message()).contains("has replicas of 1 topics, for example of 'orders'");
        assertThat(done(gone)).isEqualTo(1 - holder);
        assertThat(world.image().brokers()).containsOnlyKeys(holder);
    }

    private Outcome<Integer> unregister(int id) {
        return world.await(world.node().unregisterBroker(id));
    }

    @Test
    void aForgottenBrokerThatComesBackIsAnewOne() {
        BrokerRegistered first = world.startBroker(0);
        world.pass(LEASE.plusSeconds(1));
        done(unregister(0));

        BrokerRegistered second = world.startBroker(0);

        assertThat(second.brokerEpoch()).isGreaterThan(first.brokerEpoch());
        assertThat(isFenced(0)).isFalse();
    }

    @Test
    void aRestartOfBrokerAndControllerTogetherNeedsNoWaiting() {
        world.startBroker(0);
        world.createTopic("orders", 1, 1);

        world.killController();
        BrokerRegistered again = world.startBroker(0);

        assertThat(again.brokerEpoch()).isPositive();
        assertThat(world.partition("orders", 0).leader()).isZero();
        assertThat(world.partition("orders", 0).leaderEpoch()).isEqualTo(2);
    }

    @Test
    void aNewLeaderFencesNobodyBeforeAwholeLeaseHasPassed() {
        world.startBroker(0);
        world.pass(LEASE.minusSeconds(1));

        world.killController();
        world.pass(LEASE.minusSeconds(1));
        boolean fencedBefore = isFenced(0);
        world.pass(Duration.ofSeconds(2));

        assertThat(fencedBefore).isFalse();
        assertThat(isFenced(0)).isTrue();
    }

    @Test
    void aControllerThatPausedBlamesNobodyForIt() {
        world.startBroker(0);

        world.clock.advance(LEASE.multipliedBy(3));
        world.settle();

        assertThat(isFenced(0)).isFalse();
    }

    @Test
    void aBrokerWhoseConnectionBreaksIsFencedAfterTheGrace() {
        BrokerRegistered zero = world.startBroker(0);
        BrokerRegistered one = world.startBroker(1);
        world.createTopic("orders", 2, 2);

        world.node().disconnected(0, zero.brokerEpoch());
        world.settle();
        passInSteps(GRACE.minusMillis(100));
        boolean fencedBefore = isFenced(0);
        passInSteps(Duration.ofMillis(200));

        assertThat(fencedBefore).isFalse();
        assertThat(isFenced(0)).isTrue();
        assertThat(isFenced(1)).isFalse();
        assertThat(world.partition("orders", 0).leader()).isEqualTo(1);
        assertThat(world.partition("orders", 1).leader()).isEqualTo(1);
        assertThat(done(world.heartbeat(1, one)).fenced()).isFalse();
    }

    @Test
    void aBrokerThatConnectsAgainWithinTheGraceIsNotFenced() {
        BrokerRegistered broker = world.startBroker(0);

        world.node().disconnected(0, broker.brokerEpoch());
        world.settle();
        passInSteps(GRACE.minusMillis(100));
        done(world.heartbeat(0, broker));
        passInSteps(Duration.ofSeconds(5));

        assertThat(isFenced(0)).isFalse();
    }

    @Test
    void theSuccessorOfABrokerWhoseConnectionBrokeRegistersAfterTheGrace() {
        BrokerRegistered first = world.startBroker(0);
        world.node().disconnected(0, first.brokerEpoch());
        world.settle();
        passInSteps(Duration.ofMillis(200));

        Refusal early = refusalOf(world.register(0));
        passInSteps(Duration.ofMillis(300));
        BrokerRegistered second = done(world.register(0));

        assertThat(early).isInstanceOf(Refusal.BrokerIdInUse.class);
        assertThat(early.message()).contains("Broker 0", "300 ms");
        assertThat(second.brokerEpoch()).isGreaterThan(first.brokerEpoch());
    }

    @Test
    void aBreakOfTheOldConnectionDoesNotHarmTheSuccessor() {
        BrokerRegistered first = world.startBroker(0);
        world.pass(LEASE);
        BrokerRegistered second = world.startBroker(0);

        world.node().disconnected(0, first.brokerEpoch());
        world.settle();
        passInSteps(Duration.ofSeconds(2));

        assertThat(isFenced(0)).isFalse();
        assertThat(done(world.heartbeat(0, second)).fenced()).isFalse();
    }

    @Test
    void aDoubtDoesNotOutliveTheLead() {
        BrokerRegistered broker = world.startBroker(0);
        world.node().disconnected(0, broker.brokerEpoch());
        world.settle();

        world.killController();
        passInSteps(Duration.ofSeconds(2));

        assertThat(isFenced(0)).isFalse();
    }

    @Test
    void aShortPauseOfTheControllerIsNotBlamedOnWhoIsInDoubt() {
        BrokerRegistered broker = world.startBroker(0);
        passInSteps(Duration.ofSeconds(1));
        world.node().disconnected(0, broker.brokerEpoch());
        world.settle();

        world.clock.advance(Duration.ofSeconds(2));
        world.settle();
        boolean fencedAtOnce = isFenced(0);
        passInSteps(GRACE.plusMillis(100));

        assertThat(fencedAtOnce).isFalse();
        assertThat(isFenced(0)).as("but for ever it does not help").isTrue();
    }

    @Test
    void aBrokerOfAnotherClusterIsRefusedAndNothingIsTouched() {
        world.startBroker(0);
        ClusterImage before = world.image();

        Outcome<BrokerRegistered> outcome = world.await(
                world.node().registerBroker(new BrokerRegistration(1, "elsewhere", new UUID(1, 1), null, List.of())));

        assertThat(refusalOf(outcome)).isInstanceOf(Refusal.RegistrationRefused.class);
        assertThat(refusalOf(outcome).message()).contains("broker 1", "elsewhere", before.clusterId());
        assertThat(world.image()).isEqualTo(before);
    }

    @Test
    void aLostAnswerToAregistrationIsGivenAgain() {
        BrokerRegistered first = world.startBroker(0);
        BrokerImage broker = world.image().brokers().get(0);
        assertThat(broker).isNotNull();

        BrokerRegistered again = done(world.await(
                world.node().registerBroker(new BrokerRegistration(0, null, broker.incarnation(), null, List.of()))));

        assertThat(again).isEqualTo(first);
    }

    @Test
    void aHeartbeatDoesNotWaitBehindAdecisionThatIsBeingWritten() {
        BrokerRegistered broker = world.startBroker(0);
        long version = world.image().version();
        CompletableFuture<Outcome<TopicImage>> wide =
                world.node().createTopic(new CreateTopicRequest("wide", 1_000, 1, Map.of(), false));
        world.loop.runUntilIdle();

        CompletableFuture<Outcome<BrokerLease>> answer =
                world.node().heartbeat(new BrokerHeartbeat(0, broker.brokerEpoch(), version, false));
        world.loop.runUntilIdle();

        assertThat(wide).isNotDone();
        assertThat(answer).isCompletedWithValue(Outcome.done(new BrokerLease(LEASE, false)));
    }

    @Test
    void theLeadGoesToAnInSyncReplicaThatLives() {
        BrokerRegistered zero = world.startBroker(0);
        BrokerRegistered one = world.startBroker(1);
        world.createTopic("orders", 2, 2);

        for (int i = 0; i < 5; i++) {
            world.pass(Duration.ofSeconds(2));
            done(world.heartbeat(1, one));
        }

        assertThat(world.image().topic("orders").orElseThrow().partitions()).allSatisfy(partition -> {
            assertThat(partition.leader()).isEqualTo(1);
            assertThat(partition.inSyncReplicas()).containsExactly(1);
            assertThat(partition.replicas()).containsExactlyInAnyOrder(0, 1);
        });
        done(world.heartbeat(0, zero));
        assertThat(world.partition("orders", 0).inSyncReplicas())
                .as("who was away is not in sync before it has caught up")
                .containsExactly(1);
    }

    /** Lets time go on so finely that the controller notices no pause. */
    private void passInSteps(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += 100) {
            world.clock.advance(Duration.ofMillis(100));
            world.settle();
        }
    }

    private boolean isFenced(int id) {
        BrokerImage broker = world.image().brokers().get(id);
        return broker == null || broker.fenced();
    }

    private static <T> Refusal refusalOf(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<T>) outcome).refusal();
    }
}
