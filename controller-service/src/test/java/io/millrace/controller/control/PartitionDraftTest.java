package io.millrace.controller.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionDraftTest {
    private static final TopicId ID = new TopicId(new UUID(1, 1));
    private static final int NONE = PartitionImage.NO_LEADER;

    @Test
    void aDeadMemberLeavesTheInSyncSetAndItsLeadGoesOn() {
        PartitionImage after = settled(partition(List.of(1, 2, 3), List.of(), 1), 2, false, 2, 3);

        assertThat(after.inSyncReplicas()).containsExactly(2, 3);
        assertThat(after.eligibleReplicas()).as("two are enough without it").isEmpty();
        assertThat(after.leader()).isEqualTo(2);
        assertThat(after.leaderEpoch()).isEqualTo(6);
        assertThat(after.partitionEpoch()).isEqualTo(8);
    }

    @Test
    void whoLeavesAnInSyncSetThatIsTooSmallWithoutItStaysEligible() {
        PartitionImage after = settled(partition(List.of(1, 2), List.of(), 1), 2, false, 1, 3);

        assertThat(after.inSyncReplicas()).containsExactly(1);
        assertThat(after.eligibleReplicas()).containsExactly(2);
        assertThat(after.leader()).isEqualTo(1);
        assertThat(after.leaderEpoch()).as("the leader stays").isEqualTo(5);
    }

    @Test
    void theLastMembersOfTheInSyncSetStayInItWhenTheyDie() {
        PartitionImage after = settled(partition(List.of(1, 2), List.of(), 1), 2, false, 3);

        assertThat(after.inSyncReplicas()).containsExactly(1, 2);
        assertThat(after.leader()).isEqualTo(NONE);
    }

    @Test
    void anEligibleReplicaLeadsWhenNoneThatIsInSyncLives() {
        PartitionImage after = settled(partition(List.of(1), List.of(2, 3), 1), 2, false, 3);

        assertThat(after.leader()).isEqualTo(3);
        assertThat(after.inSyncReplicas()).containsExactly(3);
        assertThat(after.eligibleReplicas())
                .as("who was in sync holds everything as well")
                .containsExactly(1, 2);
        assertThat(after.committedFloor()).as("nothing is lost").isEqualTo(40);
    }

    @Test
    void nobodyIsEligibleAnyMoreOnceTheInSyncSetIsLargeEnough() {
        PartitionImage after = new PartitionDraft(partition(List.of(1), List.of(2), 1), rules(2, false, 1, 3))
                .inSync(List.of(1, 3), 50)
                .settled()
                .orElseThrow();

        assertThat(after.inSyncReplicas()).containsExactly(1, 3);
        assertThat(after.eligibleReplicas()).isEmpty();
        assertThat(after.committedFloor()).isEqualTo(50);
    }

    @Test
    void theFloorNeverGoesBackByAWish() {
        PartitionImage after = new PartitionDraft(partition(List.of(1), List.of(), 1), rules(2, false, 1, 3))
                .inSync(List.of(1, 3), 39)
                .settled()
                .orElseThrow();

        assertThat(after.committedFloor()).isEqualTo(40);
    }

    @Test
    void aReplicaThatMayLackRecordsWaitsForOneThatDoesNot() {
        PartitionImage after = settled(partition(List.of(1), List.of(), 1), 1, false, 2, 3);

        assertThat(after.leader()).isEqualTo(NONE);
        assertThat(after.inSyncReplicas()).containsExactly(1);
    }

    @Test
    void whereTheTopicAllowsItAnyLivingReplicaLeadsAndWhatWasCommittedIsForgotten() {
        PartitionImage after = settled(partition(List.of(1), List.of(2), 1), 2, true, 3);

        assertThat(after.leader()).isEqualTo(3);
        assertThat(after.leaderEpoch()).isEqualTo(6);
        assertThat(after.inSyncReplicas()).containsExactly(3);
        assertThat(after.eligibleReplicas()).isEmpty();
        assertThat(after.committedFloor()).isZero();
    }

    @Test
    void aLeaderThatLeadsOnThoughItHasLostRecordsDoesSoUnderAnEpochOfItsOwn() {
        PartitionImage after = new PartitionDraft(partition(List.of(1), List.of(), 1), rules(1, true, 1))
                .without(1)
                .settled()
                .orElseThrow();

        assertThat(after.leader()).isEqualTo(1);
        assertThat(after.leaderEpoch()).isEqualTo(6);
        assertThat(after.committedFloor()).isZero();
    }

    @Test
    void anUncleanElectionPrefersAReplicaThatIsNotJustBeingBuilt() {
        PartitionImage moving = partition(List.of(1), List.of(), 1, new Reassignment(List.of(2), List.of(1), -1));

        assertThat(settled(moving, 1, true, 2, 3).leader()).isEqualTo(3);
    }

    @Test
    void aReassignmentIsCompletedWhenItsTargetIsInSync() {
        PartitionImage moving = new PartitionImage(
                ID,
                0,
                List.of(3, 2, 1),
                List.of(2, 1),
                List.of(),
                1,
                5,
                7,
                40,
                new Reassignment(List.of(3), List.of(1), -1));

        PartitionImage after = new PartitionDraft(moving, rules(2, false, 1, 2, 3))
                .inSync(List.of(1, 2, 3), 44)
                .settled()
                .orElseThrow();

        assertThat(after.replicas()).containsExactly(3, 2);
        assertThat(after.inSyncReplicas()).containsExactly(3, 2);
        assertThat(after.eligibleReplicas()).isEmpty();
        assertThat(after.leader()).isEqualTo(3);
        assertThat(after.leaderEpoch()).isEqualTo(6);
        assertThat(after.reassignment()).isNull();
    }

    @Test
    void theLeaderStaysWhenTheReassignmentKeepsIt() {
        PartitionImage moving = new PartitionImage(
                ID,
                0,
                List.of(3, 1, 2),
                List.of(1),
                List.of(),
                1,
                5,
                7,
                40,
                new Reassignment(List.of(3), List.of(2), -1));

        PartitionImage after = new PartitionDraft(moving, rules(2, false, 1, 2, 3))
                .inSync(List.of(1, 3), 44)
                .settled()
                .orElseThrow();

        assertThat(after.replicas()).containsExactly(3, 1);
        assertThat(after.leader()).isEqualTo(1);
        assertThat(after.leaderEpoch()).isEqualTo(5);
    }

    @Test
    void whatIsRightStaysAsItIs() {
        assertThat(new PartitionDraft(partition(List.of(1, 2), List.of(), 1), rules(2, false, 1, 2)).settled())
                .isEmpty();
        assertThat(new PartitionDraft(partition(List.of(1), List.of(2), 1), rules(2, false, 1, 2)).settled())
                .isEmpty();
        assertThat(new PartitionDraft(partition(List.of(), List.of(), NONE), rules(2, false, 1, 2)).settled())
                .isEmpty();
    }

    private static PartitionImage settled(PartitionImage before, int minInsync, boolean unclean, int... living) {
        return new PartitionDraft(before, rules(minInsync, unclean, living))
                .settled()
                .orElse(before);
    }

    private static ElectionRules rules(int minInsync, boolean unclean, int... living) {
        return new ElectionRules(minInsync, unclean, id -> Arrays.stream(living).anyMatch(one -> one == id));
    }

    private static PartitionImage partition(List<Integer> inSync, List<Integer> eligible, int leader) {
        return partition(inSync, eligible, leader, null);
    }

    private static PartitionImage partition(
            List<Integer> inSync, List<Integer> eligible, int leader, @Nullable Reassignment underWay) {
        List<Integer> replicas = underWay == null ? List.of(1, 2, 3) : List.of(2, 3, 1);
        return new PartitionImage(ID, 0, replicas, inSync, eligible, leader, 5, 7, 40, underWay);
    }
}
