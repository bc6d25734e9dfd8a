package io.millrace.simulation.workload;

import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.ProducerStamp;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import io.millrace.history.ReadRecords;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records whose values are the numbers of writes, with some padding behind, so that batches differ in size. */
final class Payload {
    private static final int BATCH_BYTES_MAX = 1 << 16;

    private Payload() {}

    /** One batch with these writes, in this order. */
    static ByteBuffer batch(long wallMillis, List<Long> writes, int paddingBytes) {
        return batch(wallMillis, writes, paddingBytes, ProducerStamp.NONE);
    }

    /** The same, written by an idempotent producer. */
    static ByteBuffer batch(long wallMillis, List<Long> writes, int paddingBytes, ProducerStamp stamp) {
        BatchBuilder batch = new BatchBuilder(Compression.NONE, BATCH_BYTES_MAX);
        for (long write : writes) {
            ByteBuffer value = ByteBuffer.allocate(Long.BYTES + paddingBytes).putLong(0, write);
            if (!batch.append(wallMillis, null, value, List.of())) {
                throw new IllegalArgumentException(writes.size() + " records do not fit into a batch");
            }
        }
        return batch.build(stamp);
    }

    /** What was fetched from the offset on, or null when some of it is not what anybody wrote: users check what they get. */
    static @Nullable ReadRecords read(ByteBuffer fetched, long from) {
        ReadRecords read = new ReadRecords();
        for (RecordBatch batch : RecordBatches.in(fetched)) {
            if (!batch.crcHolds()) {
                return null;
            }
            for (LogRecord each : batch.records()) {
                ByteBuffer value = each.value();
                if (value == null || value.remaining() < Long.BYTES) {
                    return null;
                }
                if (each.offset() >= from) {
                    read.add(each.offset(), value.getLong(value.position()));
                }
            }
        }
        return read;
    }
}
