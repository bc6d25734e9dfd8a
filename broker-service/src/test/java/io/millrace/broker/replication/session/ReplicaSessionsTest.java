package io.millrace.broker.replication.session;

import static io.millrace.broker.replication.session.LeaderRig.CLUSTER;
import static io.millrace.broker.replication.session.LeaderRig.LEADER_BROKER_EPOCH;
import static io.millrace.broker.replication.session.LeaderRig.ORDERS;
import static io.millrace.broker.replication.session.TestFollower.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaPull.Wants;
import io.millrace.core.model.Acks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaSessionsTest {
    private static final Duration NEWS_DELAY = Duration.ofMillis(50);

    private final LeaderRig rig = new LeaderRig(SessionLimits.withWindow(1 << 20), 4);

    ReplicaSessionsTest() throws IOException {}

    @Test
    void aHelloThatIsForAnotherClusterOrIncarnationIsTurnedAway() {
        for (ReplicaHello hello : List.of(
                new ReplicaHello("another", 1, 51, 0, LEADER_BROKER_EPOCH),
                new ReplicaHello(CLUSTER, 1, 51, 2, LEADER_BROKER_EPOCH),
                new ReplicaHello(CLUSTER, 1, 51, 0, LEADER_BROKER_EPOCH - 1),
                new ReplicaHello(CLUSTER, 1, 50, 0, LEADER_BROKER_EPOCH),
                new ReplicaHello(CLUSTER, 3, 53, 0, LEADER_BROKER_EPOCH))) {
            TestFollower follower = rig.follower(hello);

            follower.wants(0, 0);

            assertThat(follower.closed).as("%s", hello).isInstanceOf(Refusal.StaleEpoch.class);
            assertThat(follower.messages()).isEmpty();
        }
    }

    @Test
    void aWishIsAnsweredAtOnceWithWhatIsInTheLogCommittedOrNot() {
        rig.append(0, Acks.LEADER, "a", "b");
        TestFollower follower = rig.follower(1);

        follower.wants(0, 0);

        assertThat(follower.parts()).singleElement().isInstanceOfSatisfying(ReplicaPart.Records.class, records -> {
            assertThat(TestFollower.firstOffset(records)).isZero();
            assertThat(records.highWatermark()).isZero();
        });
    }

    @Test
    void aWishWaitsForTheNextAppendAndIsFulfilledOnce() {
        TestFollower follower = rig.follower(1);
        follower.wants(0, 0);
        assertThat(follower.parts()).isEmpty();

        rig.append(0, Acks.LEADER, "a");
        rig.append(0, Acks.LEADER, "b");

        assertThat(follower.parts()).hasSize(1);
        follower.wants(0, 1);
        assertThat(follower.parts())
                .singleElement()
                .isInstanceOfSatisfying(
                        ReplicaPart.Records.class,
                        records -> assertThat(TestFollower.firstOffset(records)).isEqualTo(1));
    }

    @Test
    void whatIsAppendedInOneTurnGoesInOneMessage() {
        TestFollower follower = rig.follower(1);
        follower.says(
                position(0, 0, 0, ReplicaPull.NO_EPOCH, 0, Wants.RECORDS),
                position(2, 0, 0, ReplicaPull.NO_EPOCH, 0, Wants.RECORDS));

        rig.appendLater(0, Acks.LEADER, "a");
        rig.appendLater(2, Acks.LEADER, "a");
        rig.settle();

        assertThat(follower.messages())
                .singleElement()
                .satisfies(parts ->
                        assertThat(parts).extracting(ReplicaPart::partition).containsExactlyInAnyOrder(0, 2));
    }

    @Test
    void anAppendIsAcknowledgedWhenItIsDurableEverywhere() {
        TestFollower first = rig.follower(1);
        TestFollower second = rig.follower(2);
        first.wants(0, 0);
        second.wants(0, 0);
        var answer = rig.append(0, Acks.ALL, "a");

        first.wants(0, 1);
        second.says(0, 1, 0, Wants.RECORDS);
        assertThat(answer).isEmpty();

        second.says(0, 1, 1, Wants.NOTHING);
        assertThat(answer).singleElement().isInstanceOf(Outcome.Done.class);
    }

    @Test
    void newsOfTheHighWatermarkComeAfterAWhileOfQuiet() {
        TestFollower first = committed();
        first.messages();

        rig.pass(NEWS_DELAY.minusMillis(1));
        assertThat(first.parts()).isEmpty();
        rig.pass(Duration.ofMillis(1));

        assertThat(first.parts()).containsExactly(new ReplicaPart.Progress(ORDERS, 0, 0, 1, 0));
        rig.pass(NEWS_DELAY.multipliedBy(3));
        assertThat(first.parts()).isEmpty();
    }

    @Test
    void newsThatRecordsHaveCarriedDoNotComeAgain() {
        TestFollower first = committed();

        rig.append(0, Acks.LEADER, "b");
        assertThat(first.parts())
                .last()
                .isInstanceOfSatisfying(
                        ReplicaPart.Records.class,
                        records -> assertThat(records.highWatermark()).isEqualTo(1));
        rig.pass(NEWS_DELAY.multipliedBy(3));

        assertThat(first.parts()).isEmpty();
    }

    @Test
    void anotherLeaderEpochIsRefusedWhetherEarlierOrLater() {
        rig.picture(LeaderRig.partition(0, 4, 1, 0, 1, 2));
        TestFollower follower = rig.follower(1);
        for (int epoch : new int[] {3, 5}) {
            follower.says(position(0, epoch, 0, ReplicaPull.NO_EPOCH, 0, Wants.RECORDS));

            assertThat(follower.parts()).singleElement().isInstanceOfSatisfying(ReplicaPart.Refused.class, refused -> {
                assertThat(refused.leaderEpoch()).isEqualTo(epoch);
                assertThat(refused.why()).isInstanceOf(Refusal.StaleEpoch.class);
            });
        }
    }

    @Test
    void aPartitionThatIsNotHeldIsRefused() {
        TestFollower follower = rig.follower(1);

        follower.wants(77, 0);

        assertThat(follower.parts()).singleElement().isInstanceOf(ReplicaPart.Refused.class);
    }

    @Test
    void aWaitingFollowerIsToldWhenTheEpochChangesAndWhenTheLeaderDoes() {
        TestFollower follower = rig.follower(1);
        follower.wants(0, 0);
        rig.picture(LeaderRig.partition(0, 1, 1, 0, 1, 2));
        assertThat(follower.parts()).singleElement().isInstanceOf(ReplicaPart.Refused.class);

        follower.says(position(0, 1, 0, ReplicaPull.NO_EPOCH, 0, Wants.RECORDS));
        rig.picture(LeaderRig.partition(0, 2, 2, 1, 2));

        assertThat(follower.parts()).singleElement().isInstanceOf(ReplicaPart.Refused.class);
    }

    @Test
    void aNewSessionOfAFollowerEndsTheOneBefore() {
        TestFollower older = rig.follower(1);
        older.wants(0, 0);

        TestFollower newer = rig.follower(1);
        newer.wants(0, 0);
        rig.append(0, Acks.LEADER, "a");

        assertThat(older.closed).isInstanceOf(Refusal.StaleEpoch.class);
        assertThat(older.parts()).isEmpty();
        assertThat(newer.parts()).hasSize(1);
    }

    @Test
    void aSessionEndsWhenThePictureShowsAnotherIncarnationOfTheFollower() {
        TestFollower follower = rig.follower(1);
        follower.wants(0, 0);

        rig.picture(LeaderRig.broker(1, 60, false));
        rig.append(0, Acks.LEADER, "a");

        assertThat(follower.closed).isInstanceOf(Refusal.StaleEpoch.class);
        assertThat(follower.parts()).isEmpty();
    }

    @Test
    void aSessionEndsWithTheBroker() {
        TestFollower follower = rig.follower(1);

        rig.close();

        assertThat(follower.closed).isInstanceOf(Refusal.ShuttingDown.class);
        assertThat(rig.follower(2).closed).isInstanceOf(Refusal.ShuttingDown.class);
    }

    @Test
    void aFollowerThatHasClosedItsSessionHearsNothingMore() {
        TestFollower follower = rig.follower(1);
        follower.wants(0, 0);

        follower.session.close();
        rig.append(0, Acks.LEADER, "a");

        assertThat(follower.closed).isNull();
        assertThat(follower.parts()).isEmpty();
    }

    @Test
    void whoeverLeavesAPartitionIsForgottenThere() {
        rig.append(0, Acks.LEADER, "a");
        TestFollower follower = rig.follower(1);
        follower.wants(0, 1);

        follower.says(0, 1, 1, Wants.TO_LEAVE);
        rig.append(0, Acks.LEADER, "b");

        assertThat(follower.parts()).noneMatch(part -> part instanceof ReplicaPart.Records);
        assertThat(rig.statusOf(1).durableEndOffset()).isEqualTo(-1);
    }

    @Test
    void whatIsKnownOfAFollowerOutlivesItsSession() {
        rig.append(0, Acks.LEADER, "a");
        TestFollower follower = rig.follower(1);
        follower.wants(0, 1);

        follower.session.close();
        rig.settle();

        assertThat(rig.statusOf(1).durableEndOffset()).isEqualTo(1);
    }

    @Test
    void aFollowerThatWasFencedIsWishedForWhenItIsFencedNoMore() {
        rig.picture(LeaderRig.broker(2, 52, true), LeaderRig.partition(0, 0, 1, 0, 1));
        TestFollower follower = rig.follower(2);
        follower.wants(0, 0);
        assertThat(rig.wishes).isEmpty();

        rig.picture(LeaderRig.broker(2, 52, false));

        assertThat(rig.wishes).hasSize(1);
    }

    /** One record in partition 0 that is everywhere; returns follower 1, which wants more. */
    private TestFollower committed() {
        TestFollower first = rig.follower(1);
        TestFollower second = rig.follower(2);
        rig.append(0, Acks.LEADER, "a");
        first.wants(0, 1);
        rig.pass(NEWS_DELAY);
        second.wants(0, 1);
        return first;
    }
}
