package io.millrace.broker.log;

import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.core.records.ProducerStamp;
import io.millrace.core.records.RecordBatch;
import java.nio.ByteBuffer;
import java.util.List;

/** Batches as a leader hands them to its log. One producer writes them all, and counts as offsets count. */
final class TestBatches {
    static final int EPOCH = 3;
    static final long PRODUCER = 7;

    private TestBatches() {}

    /** A batch of records that are numbered by their offsets; record n has timestamp n * 10. */
    static RecordBatch batch(long baseOffset, int records) {
        return batch(baseOffset, records, 0, EPOCH);
    }

    static RecordBatch batch(long baseOffset, int records, int padding, int epoch) {
        BatchBuilder builder = new BatchBuilder(Compression.NONE, 1 << 20);
        for (long offset = baseOffset; offset < baseOffset + records; offset++) {
            ByteBuffer value = ByteBuffer.allocate(Long.BYTES + padding).putLong(0, offset);
            builder.append(offset * 10, null, value, List.of());
        }
        RecordBatch batch = RecordBatch.at(builder.build(stamp(baseOffset)));
        batch.assign(baseOffset, epoch);
        return batch;
    }

    private static ProducerStamp stamp(long baseOffset) {
        return new ProducerStamp(PRODUCER, (short) 0, (int) baseOffset & Integer.MAX_VALUE, false);
    }

    static RecordBatch at(long baseOffset, long timestampMillis, int padding) {
        BatchBuilder builder = new BatchBuilder(Compression.NONE, 1 << 20);
        builder.append(
                timestampMillis, null, ByteBuffer.allocate(Long.BYTES + padding).putLong(0, baseOffset), List.of());
        RecordBatch batch = RecordBatch.at(builder.build(stamp(baseOffset)));
        batch.assign(baseOffset, EPOCH);
        return batch;
    }
}
