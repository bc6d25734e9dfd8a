package io.millrace.broker.log.producers;

import io.millrace.core.model.TimestampType;
import io.millrace.core.records.BatchHeader;

/**
 * A batch of a producer as it lies in the log.
 *
 * @param baseSequence of its first record
 * @param lastSequence of its last record
 * @param baseOffset of its first record
 * @param maxTimestampMillis the latest of its records, or -1
 * @param logAppendTime whether the broker gave its records that timestamp
 */
public record ProducerBatch(
        int baseSequence, int lastSequence, long baseOffset, long maxTimestampMillis, boolean logAppendTime) {
    /** A batch that has its offset. */
    static ProducerBatch of(BatchHeader batch) {
        return new ProducerBatch(
                batch.baseSequence(),
                lastSequence(batch),
                batch.baseOffset(),
                batch.maxTimestamp(),
                batch.timestampType() == TimestampType.LOG_APPEND_TIME);
    }

    static int lastSequence(BatchHeader batch) {
        return Sequences.plus(batch.baseSequence(), batch.lastOffsetDelta());
    }

    /** How many records it has. */
    int records() {
        return Sequences.between(baseSequence, lastSequence) + 1;
    }
}
