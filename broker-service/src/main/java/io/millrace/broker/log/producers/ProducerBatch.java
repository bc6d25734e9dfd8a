package io.millrace.broker.log.producers;

import io.millrace.core.model.TimestampType;
import io.millrace.core.records.BatchHeader;

/**
 * A batch of a producer as it lies in the log.
 *
 * @param baseSequence of its first record
 * @param lastSequence of its last record
 * @param baseOffset of its first record
 * @param logAppendTimeMillis that the broker gave its records, or -1
 */
public record ProducerBatch(int baseSequence, int lastSequence, long baseOffset, long logAppendTimeMillis) {
    /** A batch that has its offset. */
    static ProducerBatch of(BatchHeader batch) {
        boolean stamped = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
        return new ProducerBatch(
                batch.baseSequence(),
                lastSequence(batch),
                batch.baseOffset(),
                stamped ? batch.maxTimestamp() : BatchHeader.NO_TIMESTAMP);
    }

    static int lastSequence(BatchHeader batch) {
        return Sequences.plus(batch.baseSequence(), batch.lastOffsetDelta());
    }

    /** How many records it has. */
    int records() {
        return Sequences.between(baseSequence, lastSequence) + 1;
    }
}
