package io.millrace.core.records;

import io.millrace.core.model.TimestampType;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Looks whether a batch may be taken in. Reads the header and the CRC only: it never decompresses and allocates nothing
 * per record, as every append comes through here. What the records themselves say is looked at by {@link DeepCheck}.
 */
public final class BatchCheck {
    private BatchCheck() {}

    /**
     * What a leader asks of a batch that a producer sends as exactly the buffer's remaining bytes: intact, format v2, a
     * known codec, no larger than the limit, at least one record, offsets without gaps, and nothing that only the
     * platform itself may write.
     *
     * @param maxBytes the topic's max.message.bytes
     */
    public static Optional<BatchProblem> check(ByteBuffer batch, int maxBytes) {
        if (batch.remaining() > maxBytes) {
            return Optional.of(new BatchProblem.TooLarge(batch.remaining(), maxBytes));
        }
        return intact(batch).or(() -> producerProblem(RecordBatch.at(batch)));
    }

    /**
     * What is asked of any batch, also of one that a leader or the platform itself wrote: the buffer's remaining bytes
     * are exactly one batch of format v2 with a known codec, possible counts and the right CRC.
     */
    public static Optional<BatchProblem> intact(ByteBuffer batch) {
        Optional<BatchProblem> problem = headerProblem(batch);
        if (problem.isPresent()) {
            return problem;
        }
        int size = batch.getInt(batch.position() + BatchHeader.LENGTH) + BatchHeader.SIZE_COUNTED_FROM;
        if (size != batch.remaining()) {
            return Optional.of(new BatchProblem.Corrupt(
                    "The record batch says that it has " + size + " bytes; there are " + batch.remaining() + "."));
        }
        RecordBatch view = RecordBatch.at(batch);
        if (!view.crcHolds()) {
            return Optional.of(new BatchProblem.Corrupt("The record batch is damaged: its CRC-32C does not hold."));
        }
        return contentProblem(view);
    }

    /** What is wrong with the size and the magic of the header at the buffer's position, as far as the header tells. */
    public static Optional<BatchProblem> headerProblem(ByteBuffer buffer) {
        if (buffer.remaining() < BatchHeader.SIZE) {
            return Optional.of(new BatchProblem.Corrupt("The header of a record batch has " + BatchHeader.SIZE
                    + " bytes; here are " + buffer.remaining() + "."));
        }
        byte magic = buffer.get(buffer.position() + BatchHeader.MAGIC_BYTE);
        if (magic != BatchHeader.MAGIC) {
            return invalid("The record batch is of format " + magic + "; only format " + BatchHeader.MAGIC
                    + " is taken (Kafka 0.11 and later write it).");
        }
        int length = buffer.getInt(buffer.position() + BatchHeader.LENGTH);
        if (length < BatchHeader.SIZE - BatchHeader.SIZE_COUNTED_FROM
                || length > Integer.MAX_VALUE - BatchHeader.SIZE_COUNTED_FROM) {
            return Optional.of(
                    new BatchProblem.Corrupt("The record batch has an impossible length of " + length + "."));
        }
        return Optional.empty();
    }

    private static Optional<BatchProblem> contentProblem(RecordBatch batch) {
        if (Compression.forId(batch.compressionId()).isEmpty()) {
            return Optional.of(new BatchProblem.UnsupportedCodec(batch.compressionId()));
        }
        int count = batch.recordCount();
        int lastDelta = batch.lastOffsetDelta();
        if (count < 0 || lastDelta < 0 || count > lastDelta + 1L) {
            return invalid("The record batch says that it has " + count + " records up to offset delta " + lastDelta
                    + ", which cannot be.");
        }
        return Optional.empty();
    }

    private static Optional<BatchProblem> producerProblem(RecordBatch batch) {
        int count = batch.recordCount();
        if (count == 0) {
            return invalid("The record batch has no records.");
        }
        if (batch.lastOffsetDelta() != count - 1) {
            return invalid("The record batch has " + count + " records, but a last offset delta of "
                    + batch.lastOffsetDelta() + " instead of " + (count - 1) + ".");
        }
        if (batch.isControl()) {
            return invalid("The record batch is a control batch, which no producer may write.");
        }
        if (batch.hasDeleteHorizon()) {
            return invalid("The record batch has a delete horizon, which no producer may set.");
        }
        if (batch.timestampType() == TimestampType.LOG_APPEND_TIME) {
            return invalid("The record batch has the timestamp type LogAppendTime, which no producer may set.");
        }
        return identityProblem(batch);
    }

    private static Optional<BatchProblem> identityProblem(RecordBatch batch) {
        if (batch.isTransactional()) {
            return invalid("The record batch is part of a transaction; there are no transactions yet.");
        }
        if (batch.producerId() < 0) {
            return Optional.empty();
        }
        if (batch.producerEpoch() < 0 || batch.baseSequence() < 0) {
            return invalid("The record batch has producer id " + batch.producerId() + ", but producer epoch "
                    + batch.producerEpoch() + " and base sequence " + batch.baseSequence() + ".");
        }
        return Optional.empty();
    }

    private static Optional<BatchProblem> invalid(String message) {
        return Optional.of(new BatchProblem.Invalid(message));
    }
}
