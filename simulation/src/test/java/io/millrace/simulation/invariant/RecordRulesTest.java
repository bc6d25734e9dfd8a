package io.millrace.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordRulesTest {
    private static final TopicId TOPIC = new TopicId(new UUID(1, 2));
    private static final int MIN_IN_SYNC = 2;
    private static final PartitionImage BEFORE = image(List.of(0, 1, 2), List.of(), 0, 4, 7, 100);

    @Test
    void a_change_of_leader_in_the_next_epoch_is_right() {
        assertThatCode(() -> RecordRules.check(BEFORE, image(List.of(1, 2), List.of(), 1, 5, 8, 100), MIN_IN_SYNC))
                .doesNotThrowAnyException();
    }

    @Test
    void another_leader_in_the_same_epoch_is_found() {
        breaks("another leader has another epoch", image(List.of(1, 2), List.of(), 1, 4, 8, 100));
    }

    @Test
    void a_leader_epoch_that_goes_back_is_found() {
        breaks("leader epochs go up one by one", image(List.of(0, 1, 2), List.of(), 0, 3, 8, 100));
    }

    @Test
    void a_partition_epoch_that_is_used_again_is_found() {
        breaks("each change takes the next partition epoch", image(List.of(0, 1), List.of(), 0, 4, 7, 100));
    }

    @Test
    void a_floor_that_sinks_is_found() {
        breaks("the floor never sinks", image(List.of(0, 1), List.of(), 0, 4, 8, 99));
    }

    @Test
    void a_leader_that_is_not_in_sync_is_found() {
        breaks("the leader is in sync", image(List.of(1, 2), List.of(), 0, 4, 8, 100));
    }

    @Test
    void an_eligible_replica_beside_enough_in_sync_is_found() {
        breaks("nobody is eligible beside enough in sync", image(List.of(0, 1), List.of(2), 0, 4, 8, 100));
    }

    @Test
    void an_in_sync_member_that_is_no_replica_is_found() {
        breaks("in-sync members are replicas", image(List.of(0, 3), List.of(), 0, 4, 8, 100));
    }

    private static void breaks(String rule, PartitionImage after) {
        assertThatThrownBy(() -> RecordRules.check(BEFORE, after, MIN_IN_SYNC))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(rule);
    }

    private static PartitionImage image(
            List<Integer> inSync, List<Integer> eligible, int leader, int leaderEpoch, int partitionEpoch, long floor) {
        return new PartitionImage(
                TOPIC, 0, List.of(0, 1, 2), inSync, eligible, leader, leaderEpoch, partitionEpoch, floor, null);
    }
}
