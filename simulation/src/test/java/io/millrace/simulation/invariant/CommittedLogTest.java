package io.millrace.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.model.TopicPartition;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommittedLogTest {
    private static final StoredBatch FIRST = new StoredBatch(0, 3, 1, 0xAAAA);
    private static final StoredBatch SECOND = new StoredBatch(3, 4, 2, 0xBBBB);

    private final CommittedLog committed = new CommittedLog(new TopicPartition("orders", 0));

    @Test
    void a_log_that_holds_all_that_was_acknowledged_passes() {
        committed.acknowledged(FIRST);
        committed.acknowledged(SECOND);

        assertThatCode(() -> committed.requireIn(log(FIRST, SECOND), CommittedLog.EVERY_EPOCH, "broker 1"))
                .doesNotThrowAnyException();
    }

    @Test
    void a_log_without_an_acknowledged_batch_is_found() {
        committed.acknowledged(FIRST);
        committed.acknowledged(SECOND);

        assertThatThrownBy(() -> committed.requireIn(log(FIRST), CommittedLog.EVERY_EPOCH, "broker 1"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("broker 1 has nothing there");
    }

    @Test
    void a_log_with_something_else_in_the_place_of_an_acknowledged_batch_is_found() {
        committed.acknowledged(FIRST);

        assertThatThrownBy(() -> committed.requireIn(
                        log(new StoredBatch(0, 3, 1, 0xCCCC)), CommittedLog.EVERY_EPOCH, "broker 1"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("is committed, but broker 1 has [0, 3)");
    }

    @Test
    void a_leader_of_an_earlier_epoch_need_not_hold_what_was_committed_later() {
        committed.acknowledged(FIRST);
        committed.acknowledged(SECOND);
        committed.exposed(2, 4);

        assertThatCode(() -> committed.requireIn(log(FIRST), 1, "the leader of epoch 1"))
                .doesNotThrowAnyException();
    }

    @Test
    void what_was_written_in_one_epoch_and_committed_in_a_later_one_may_be_missing_where_one_in_between_begins_late() {
        committed.exposed(1, 0);
        committed.exposed(3, 3);
        committed.acknowledged(FIRST);

        assertThatCode(() -> committed.requireIn(log(), 2, "the leader of epoch 2"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> committed.requireIn(log(), 3, "the leader of epoch 3"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the leader of epoch 3 has nothing there");
    }

    @Test
    void what_was_committed_in_its_own_epoch_must_be_there_in_the_next_one_whenever_it_is_acknowledged() {
        committed.exposed(1, 3);
        committed.exposed(3, 3);
        committed.acknowledged(FIRST);

        assertThatThrownBy(() -> committed.requireIn(log(), 2, "the leader of epoch 2"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the leader of epoch 2 has nothing there");
    }

    @Test
    void what_is_acknowledged_before_a_high_watermark_was_shown_must_be_there_from_its_own_epoch_on() {
        committed.acknowledged(FIRST);

        assertThatThrownBy(() -> committed.requireIn(log(), 1, "the leader of epoch 1"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the leader of epoch 1 has nothing there");
    }

    @Test
    void what_is_repeated_is_committed_under_the_epoch_that_says_so() {
        committed.acknowledgedAgain(FIRST, 2);

        assertThatCode(() -> committed.requireIn(log(), 1, "the leader of epoch 1"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> committed.requireIn(log(), 2, "the leader of epoch 2"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void what_is_repeated_in_the_place_of_something_else_is_found() {
        committed.acknowledged(FIRST);

        assertThatThrownBy(() -> committed.acknowledgedAgain(new StoredBatch(0, 3, 1, 0xCCCC), 2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in the place of");
    }

    @Test
    void a_log_that_ends_before_a_high_watermark_that_was_shown_is_found() {
        committed.exposed(1, 4);

        assertThatThrownBy(() -> committed.requireIn(log(FIRST), CommittedLog.EVERY_EPOCH, "broker 1"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has shown the high watermark 4");
    }

    @Test
    void what_one_log_has_below_the_high_watermark_every_other_one_must_have() {
        committed.exposed(1, 3);
        committed.requireIn(log(FIRST), CommittedLog.EVERY_EPOCH, "broker 1");

        assertThatThrownBy(() -> committed.requireIn(
                        log(new StoredBatch(0, 3, 0, 0xAAAA)), CommittedLog.EVERY_EPOCH, "broker 2"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("broker 2");
    }

    @Test
    void an_offset_that_is_acknowledged_twice_for_two_batches_is_found() {
        committed.acknowledged(FIRST);

        assertThatThrownBy(() -> committed.acknowledged(new StoredBatch(2, 5, 2, 0xCCCC)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("was acknowledged over");
    }

    private static NavigableMap<Long, StoredBatch> log(StoredBatch... batches) {
        NavigableMap<Long, StoredBatch> log = new TreeMap<>();
        for (StoredBatch batch : batches) {
            log.put(batch.baseOffset(), batch);
        }
        return log;
    }
}
