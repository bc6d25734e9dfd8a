package io.millrace.core.records;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a producer's transaction in a partition, the only record of a control batch of that producer (KIP-98).
 *
 * @param commits true when the transaction's records count, false when readers skip them
 * @param coordinatorEpoch of the transaction coordinator that decided
 */
public record EndTransactionMarker(boolean commits, int coordinatorEpoch) {
    private static final short VERSION = 0;
    private static final short ABORT = 0;
    private static final short COMMIT = 1;
    private static final int KEY_BYTES = 4;
    private static final int VALUE_BYTES = 6;

    /** The control batch, from position to limit, that carries this marker. */
    public ByteBuffer batch(long timestampMillis, long producerId, short producerEpoch) {
        ByteBuffer key = ByteBuffer.allocate(KEY_BYTES);
        key.putShort(0, VERSION).putShort(2, commits ? COMMIT : ABORT);
        ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES);
        value.putShort(0, VERSION).putInt(2, coordinatorEpoch);
        BatchBuilder builder = new BatchBuilder(Compression.NONE, Integer.MAX_VALUE);
        builder.append(timestampMillis, key, value, List.of());
        return builder.buildControl(new ProducerStamp(producerId, producerEpoch, BatchHeader.NO_PRODUCER, true));
    }

    /**
     * The marker that a record of a control batch is, or nothing when it is a control record of another kind. Throws
     * InvalidBatchException when it is too short.
     */
    public static Optional<EndTransactionMarker> of(LogRecord controlRecord) {
        ByteBuffer key = atLeast(KEY_BYTES, controlRecord.key());
        short type = key.getShort(key.position() + 2);
        if (type != ABORT && type != COMMIT) {
            return Optional.empty();
        }
        ByteBuffer value = atLeast(VALUE_BYTES, controlRecord.value());
        return Optional.of(new EndTransactionMarker(type == COMMIT, value.getInt(value.position() + 2)));
    }

    private static ByteBuffer atLeast(int size, @Nullable ByteBuffer bytes) {
        if (bytes == null || bytes.remaining() < size) {
            throw new InvalidBatchException("A control record is too short.");
        }
        return bytes;
    }
}
