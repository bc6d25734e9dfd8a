package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static io.millrace.controller.control.Replicas.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How replicas move. The partition has its replicas on three of six brokers. */
class ReassignmentTest {
    private final ControlWorld world = new ControlWorld();
    private final Replicas replicas = new Replicas(world);
    private int a;
    private int b;
    private int c;
    private int x;
    private int y;

    @BeforeEach
    void aTopicOfThreeReplicas() {
        replicas.start(1, 2, 3, 4, 5, 6);
        world.createTopic(Replicas.TOPIC, 1, 3);
        List<Integer> there = replicas.partition().replicas();
        List<Integer> others = IntStream.rangeClosed(1, 6)
                .filter(id -> !there.contains(id))
                .boxed()
                .toList();
        a = there.get(0);
        b = there.get(1);
        c = there.get(2);
        x = others.get(0);
        y = others.get(1);
    }

    @Test
    void whileItRunsThoseToBeRemovedComeLast() {
        PartitionImage after = done(replicas.reassign(x, b, y)).partition();

        assertThat(after.replicas()).containsExactly(x, b, y, a, c);
        assertThat(after.targetReplicas()).containsExactly(x, b, y);
        assertThat(after.reassignment())
                .isEqualTo(new Reassignment(List.of(x, y), List.of(a, c), Reassignment.UNLIMITED));
        assertThat(after.inSyncReplicas()).containsExactlyInAnyOrder(a, b, c);
        assertThat(after.leader()).as("nobody has to make way yet").isEqualTo(a);
        assertThat(replicas.partition()).isEqualTo(after);
    }

    @Test
    void itIsDoneWhenItsLastReplicaIsInSync() {
        done(replicas.reassign(x, b, y));
        PartitionImage half = done(replicas.alter(10, a, b, c, x)).partition();

        PartitionImage whole = done(replicas.alter(20, a, b, c, x, y)).partition();

        assertThat(half.reassignment()).isNotNull();
        assertThat(whole.reassignment()).isNull();
        assertThat(whole.replicas()).containsExactly(x, b, y);
        assertThat(whole.inSyncReplicas()).containsExactly(x, b, y);
        assertThat(whole.leader()).isEqualTo(x);
        assertThat(whole.leaderEpoch()).isEqualTo(half.leaderEpoch() + 1);
    }

    @Test
    void fewerReplicasAreThereAtOnceWhenTheyAreInSync() {
        PartitionImage after = done(replicas.reassign(c, a)).partition();

        assertThat(after.replicas()).containsExactly(c, a);
        assertThat(after.inSyncReplicas()).containsExactly(c, a);
        assertThat(after.reassignment()).isNull();
        assertThat(after.leader()).isEqualTo(a);
    }

    @Test
    void anotherOrderOfTheSameReplicasIsAnotherPreferenceOnly() {
        replicas.stop(b);

        PartitionImage after = done(replicas.reassign(c, b, a)).partition();

        assertThat(after.replicas()).containsExactly(c, b, a);
        assertThat(after.reassignment()).as("nothing has to be copied").isNull();
        assertThat(after.leader()).isEqualTo(a);
        assertThat(after.inSyncReplicas()).containsExactly(c, a);
    }

    @Test
    void whereItIsAlreadyNothingChanges() {
        PartitionImage settled = replicas.partition();
        assertThat(done(replicas.reassign(a, b, c)).partition()).isEqualTo(settled);

        PartitionImage moving = done(replicas.reassign(x, b)).partition();
        assertThat(done(replicas.reassign(x, b)).partition()).isEqualTo(moving);
    }

    @Test
    void anotherThrottleIsTakenWhileItRuns() {
        done(replicas.reassign(x, b, c));

        PartitionImage after = done(replicas.reassignThrottled(1_000, x, b, c)).partition();

        assertThat(after.reassignment()).isEqualTo(new Reassignment(List.of(x), List.of(a), 1_000));
    }

    @Test
    void anotherTargetStartsFromWhatWasThereBefore() {
        done(replicas.reassign(x, b, c));
        done(replicas.reassign(y, b, c));

        PartitionImage after = replicas.partition();

        assertThat(after.replicas()).containsExactly(y, b, c, a);
        assertThat(after.reassignment()).isEqualTo(new Reassignment(List.of(y), List.of(a), Reassignment.UNLIMITED));
    }

    @Test
    void aTargetThatIsWhatWasThereBeforeEndsIt() {
        done(replicas.reassign(x, b, c));

        PartitionImage after = done(replicas.reassign(a, b, c)).partition();

        assertThat(after.replicas()).containsExactly(a, b, c);
        assertThat(after.reassignment()).isNull();
    }

    @Test
    void whatIsCancelledIsAsItWas() {
        done(replicas.reassign(x, b, y));
        done(replicas.alter(10, a, b, c, x));

        PartitionImage after = done(replicas.cancel()).partition();

        assertThat(after.replicas()).containsExactlyInAnyOrder(a, b, c);
        assertThat(after.inSyncReplicas()).containsExactlyInAnyOrder(a, b, c);
        assertThat(after.reassignment()).isNull();
        assertThat(after.leader()).isEqualTo(a);
    }

    @Test
    void aLeaderThatWasBeingAddedGivesItsLeadBackWhenItIsCancelled() {
        done(replicas.reassign(x, y));
        done(replicas.alter(10, a, x));
        replicas.stop(a);
        int leaderMeanwhile = replicas.partition().leader();
        replicas.resume(a);
        done(replicas.alter(20, x, a));

        PartitionImage after = done(replicas.cancel()).partition();

        assertThat(leaderMeanwhile).isEqualTo(x);
        assertThat(after.leader()).isEqualTo(a);
        assertThat(after.inSyncReplicas()).containsExactly(a);
    }

    @Test
    void whatOnlyAReplicaBeingAddedHoldsIsNotCancelled() {
        done(replicas.reassign(x, y));
        done(replicas.alter(10, a, x));
        replicas.stop(a);
        PartitionImage before = replicas.partition();

        Refusal cancel = refusalOf(replicas.cancel());
        Refusal another = refusalOf(replicas.reassign(y, b));

        assertThat(cancel).isInstanceOf(Refusal.NoEligibleLeader.class);
        assertThat(another).isInstanceOf(Refusal.NoEligibleLeader.class);
        assertThat(replicas.partition()).isEqualTo(before);
    }

    @Test
    void impossibleTargetsAreRefused() {
        assertThat(refusalOf(replicas.reassign())).isInstanceOf(Refusal.InvalidReplicaAssignment.class);
        assertThat(refusalOf(replicas.reassign(a, 77)).message())
                .isEqualTo("Partition 0 is assigned to broker 77, and there is no such broker.");
        assertThat(refusalOf(replicas.reassign(a, a))).isInstanceOf(Refusal.InvalidReplicaAssignment.class);
        assertThat(refusalOf(replicas.cancel())).isInstanceOf(Refusal.NoReassignmentInProgress.class);
    }

    @Test
    void aTopicIsDeletedWhileItMoves() {
        done(replicas.reassign(x, b, c));

        done(world.await(world.node().deleteTopic(Replicas.TOPIC)));

        assertThat(world.image().topics()).isEmpty();
        assertThat(world.image().assembly().partitions()).isEmpty();
    }

    @Test
    void theReplicationFactorFollowsWhenEveryPartitionHasAnother() {
        done(world.await(world.node().addPartitions(new AddPartitionsRequest(Replicas.TOPIC, 2, false))));
        List<Integer> ofOne = world.partition(Replicas.TOPIC, 1).replicas();

        done(replicas.reassign(a, b));
        int whileTheyDiffer = factor();
        Outcome<PartitionChanged> second = replicas.reassignPartition(1, ofOne.subList(0, 2));
        int afterwards = factor();

        assertThat(done(second).partition().replicas()).hasSize(2);
        assertThat(whileTheyDiffer).isEqualTo(3);
        assertThat(afterwards).isEqualTo(2);
        TopicImage wider =
                done(world.await(world.node().addPartitions(new AddPartitionsRequest(Replicas.TOPIC, 3, false))));
        assertThat(wider.partitions().getLast().replicas()).hasSize(2);
    }

    private int factor() {
        return world.image().topic(Replicas.TOPIC).orElseThrow().topic().replicationFactor();
    }
}
