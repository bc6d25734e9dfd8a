package io.millrace.simulation.invariant;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LogMatchingTest {
    private static final long WALL_MILLIS = 1_767_225_600_000L;

    private final LogMatching logs = new LogMatching(new TopicPartition("orders", 0));

    @Test
    void equal_batches_and_batches_of_different_epochs_pass() {
        logs.see(batch("first", 7, 1), "broker 0");

        assertThatCode(() -> {
                    logs.see(batch("first", 7, 1), "broker 1");
                    logs.see(batch("another", 7, 2), "broker 2");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void two_batches_at_one_offset_of_one_epoch_are_found() {
        logs.see(batch("first", 7, 1), "broker 0");

        assertThatThrownBy(() -> logs.see(batch("another", 7, 1), "broker 1"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("broker 1 has [7, 8)");
    }

    @Test
    void a_torn_batch_is_no_other_batch() {
        logs.see(batch("first", 7, 1), "broker 0");
        ByteBuffer torn = bytes("another", 7, 1);
        torn.put(torn.limit() - 1, (byte) (torn.get(torn.limit() - 1) + 1));

        assertThatCode(() -> logs.see(only(torn), "broker 1")).doesNotThrowAnyException();
    }

    private static RecordBatch batch(String value, long baseOffset, int leaderEpoch) {
        return only(bytes(value, baseOffset, leaderEpoch));
    }

    private static ByteBuffer bytes(String value, long baseOffset, int leaderEpoch) {
        ByteBuffer bytes = SmallBatches.of(WALL_MILLIS, value);
        only(bytes).assign(baseOffset, leaderEpoch);
        return bytes;
    }

    private static RecordBatch only(ByteBuffer bytes) {
        return RecordBatches.in(bytes).iterator().next();
    }
}
