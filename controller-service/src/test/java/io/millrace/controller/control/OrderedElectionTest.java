package io.millrace.controller.control;

import static io.millrace.controller.control.ControlWorld.done;
import static io.millrace.controller.control.Replicas.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.ElectLeadersRequest.Kind;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Elections by command, and preferred replicas that get their lead back. */
class OrderedElectionTest {
    private static final TopicPartition ZERO = new TopicPartition(Replicas.TOPIC, 0);

    private final ControlWorld world = new ControlWorld();
    private final Replicas replicas = new Replicas(world);
    private int first;
    private int second;
    private int third;

    @BeforeEach
    void aTopicOfThreeReplicas() {
        replicas.start(1, 2, 3);
        world.createTopic(Replicas.TOPIC, 1, 3);
        first = replicas.partition().replicas().get(0);
        second = replicas.partition().replicas().get(1);
        third = replicas.partition().replicas().get(2);
    }

    @Test
    void thePreferredReplicaLeadsAgainByCommand() {
        replicas.stop(first);
        replicas.resume(first);
        Refusal beforeItHasCaughtUp = refusalOf(elect(Kind.PREFERRED));
        done(replicas.alter(10, first, second, third));

        PartitionImage after = done(elect(Kind.PREFERRED)).partition();

        assertThat(beforeItHasCaughtUp).isInstanceOf(Refusal.NoEligibleLeader.class);
        assertThat(after.leader()).isEqualTo(first);
        assertThat(after.inSyncReplicas()).containsExactly(first, second, third);
        assertThat(refusalOf(elect(Kind.PREFERRED))).isInstanceOf(Refusal.ElectionNotNeeded.class);
    }

    @Test
    void thePreferredReplicaLeadsAgainByItselfOnceItIsInSync() {
        replicas.stop(first);
        replicas.resume(first);
        passWithHeartbeats(
                ControlOptions.DEFAULTS.leaderImbalance().checkInterval().multipliedBy(2));
        int leaderBefore = replicas.partition().leader();
        done(replicas.alter(10, first, second, third));

        passWithHeartbeats(ControlOptions.DEFAULTS.leaderImbalance().checkInterval());

        assertThat(leaderBefore).isEqualTo(second);
        assertThat(replicas.partition().leader()).isEqualTo(first);
    }

    @Test
    void aReplicaThatLacksRecordsLeadsByCommand() {
        replicas.stop(third);
        replicas.stop(second);
        replicas.stop(first);
        Refusal nobodyLives = refusalOf(elect(Kind.UNCLEAN));
        replicas.resume(third);

        PartitionImage after = done(elect(Kind.UNCLEAN)).partition();

        assertThat(nobodyLives).isInstanceOf(Refusal.NoEligibleLeader.class);
        assertThat(after.leader()).isEqualTo(third);
        assertThat(after.inSyncReplicas()).containsExactly(third);
        assertThat(after.eligibleReplicas()).isEmpty();
        assertThat(after.committedFloor()).isZero();
        assertThat(refusalOf(elect(Kind.UNCLEAN))).isInstanceOf(Refusal.ElectionNotNeeded.class);
    }

    @Test
    void withoutNamesTheCommandIsForEveryPartitionThatNeedsIt() {
        world.createTopic("others", 4, 3);
        replicas.stop(third);
        replicas.stop(second);
        replicas.stop(first);
        replicas.resume(third);

        List<Outcome<PartitionChanged>> outcomes =
                done(world.await(world.node().electLeaders(new ElectLeadersRequest(Kind.UNCLEAN, List.of()))));

        assertThat(outcomes)
                .hasSize(5)
                .allSatisfy(outcome ->
                        assertThat(done(outcome).partition().leader()).isEqualTo(third));
        assertThat(done(world.await(world.node().electLeaders(new ElectLeadersRequest(Kind.UNCLEAN, List.of())))))
                .isEmpty();
    }

    private Outcome<PartitionChanged> elect(Kind kind) {
        return Replicas.only(world.await(world.node().electLeaders(new ElectLeadersRequest(kind, List.of(ZERO)))));
    }

    private void passWithHeartbeats(Duration time) {
        for (long second = 0; second <= time.toSeconds(); second++) {
            world.pass(Duration.ofSeconds(1));
            for (int id = 1; id <= 3; id++) {
                replicas.resume(id);
            }
        }
    }
}
