package io.millrace.broker.log.segment;

import io.millrace.core.records.InvalidBatchException;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordBatch;
import java.util.Optional;

/** A record that was looked for by time, and the leader epoch of its batch. */
public record TimestampedOffset(long offset, long timestampMillis, int leaderEpoch) {
    /** The brokers never looked into the batch: if its records are malformed, it is found as a whole. */
    static Optional<TimestampedOffset> firstIn(RecordBatch batch, long timestamp, long fromOffset) {
        try {
            for (LogRecord record : batch.records()) {
                if (record.timestampMillis() >= timestamp && record.offset() >= fromOffset) {
                    return Optional.of(
                            new TimestampedOffset(record.offset(), record.timestampMillis(), batch.leaderEpoch()));
                }
            }
            return Optional.empty();
        } catch (InvalidBatchException malformed) {
            long offset = Math.max(fromOffset, batch.baseOffset());
            return Optional.of(new TimestampedOffset(offset, batch.maxTimestamp(), batch.leaderEpoch()));
        }
    }
}
