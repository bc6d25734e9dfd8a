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
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BrokerLifeTest {
    private static final Duration LEASE = ControlOptions.DEFAULTS.liveness().brokerLease();

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

    private boolean isFenced(int id) {
        BrokerImage broker = world.image().brokers().get(id);
        return broker == null || broker.fenced();
    }

    private static <T> Refusal refusalOf(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<T>) outcome).refusal();
    }
}
