package io.millrace.simulation.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.records.RecordBatch;
import io.millrace.history.ReadRecords;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PayloadTest {
    @Test
    void what_was_written_is_read_from_the_offset_on() {
        ByteBuffer batch = stored(100, Payload.batch(1, List.of(7L, 8L, 9L), 5));

        ReadRecords read = Objects.requireNonNull(Payload.read(batch, 101));

        assertThat(read.size()).isEqualTo(2);
        assertThat(read.offset(0)).isEqualTo(101);
        assertThat(read.value(0)).isEqualTo(8);
        assertThat(read.value(1)).isEqualTo(9);
    }

    @Test
    void a_batch_of_which_a_bit_has_changed_is_not_read() {
        ByteBuffer batch = stored(0, Payload.batch(1, List.of(7L), 5));
        int last = batch.limit() - 1;

        batch.put(last, (byte) (batch.get(last) ^ 1));

        assertThat(Payload.read(batch, 0)).isNull();
    }

    private static ByteBuffer stored(long baseOffset, ByteBuffer batch) {
        RecordBatch.at(batch).assign(baseOffset, 0);
        return batch;
    }
}
