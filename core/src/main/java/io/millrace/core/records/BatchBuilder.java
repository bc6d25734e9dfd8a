package io.millrace.core.records;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers records into one batch. Records are kept uncompressed until the batch is built, so the size is known exactly.
 * For one thread and one batch.
 */
public final class BatchBuilder {
    private static final int INITIAL_BYTES = 512;

    private final Compression compression;
    private final int maxBytes;
    private byte[] bytes;
    private int end = BatchHeader.SIZE;
    private int recordCount;
    private long baseTimestamp = BatchHeader.NO_TIMESTAMP;
    private long maxTimestamp = BatchHeader.NO_TIMESTAMP;
    private boolean built;

    /**
     * Starts an empty batch.
     *
     * @param maxBytes what the batch takes at most, header included and whatever compression does
     */
    public BatchBuilder(Compression compression, int maxBytes) {
        this.compression = compression;
        this.maxBytes = maxBytes;
        this.bytes = new byte[Math.max(BatchHeader.SIZE, Math.min(maxBytes, INITIAL_BYTES))];
    }

    /**
     * Adds a record by copying it; positions of key and value stay. Returns false, and adds nothing, when the record does
     * not fit under the limit; into an empty batch that is said of a record that is too large by itself.
     *
     * @param timestampMillis 0 or more, or {@link BatchHeader#NO_TIMESTAMP}
     */
    public boolean append(
            long timestampMillis, @Nullable ByteBuffer key, @Nullable ByteBuffer value, List<RecordHeader> headers) {
        requireOpen();
        if (timestampMillis < BatchHeader.NO_TIMESTAMP) {
            throw new IllegalArgumentException("A timestamp of " + timestampMillis + " ms is before the epoch");
        }
        long timestampDelta = recordCount == 0 ? 0 : timestampMillis - baseTimestamp;
        long length = 1
                + Varints.sizeOf(timestampDelta)
                + Varints.sizeOf(recordCount)
                + RecordSize.content(key, value, headers);
        if (length > Integer.MAX_VALUE || end + Varints.sizeOf((int) length) + length > maxBytes) {
            return false;
        }
        reserve(Varints.sizeOf((int) length) + (int) length);
        int at = Varints.write((int) length, bytes, end);
        bytes[at++] = 0;
        at = Varints.write(timestampDelta, bytes, at);
        at = Varints.write(recordCount, bytes, at);
        at = writeField(key, at);
        at = writeField(value, at);
        end = writeHeaders(headers, at);
        baseTimestamp = recordCount == 0 ? timestampMillis : baseTimestamp;
        maxTimestamp = Math.max(maxTimestamp, timestampMillis);
        recordCount++;
        return true;
    }

    public int recordCount() {
        return recordCount;
    }

    /** Bytes of the batch so far, uncompressed: an upper bound of what {@link #build} returns. */
    public int estimatedSize() {
        return end;
    }

    /** The batch of a producer that is not idempotent; see {@link #build(ProducerStamp)}. */
    public ByteBuffer build() {
        return build(ProducerStamp.NONE);
    }

    /**
     * The batch, from position to limit, with base offset 0 and leader epoch -1 for the leader to replace. It is
     * uncompressed if compression would not make it smaller. The builder is spent by it.
     */
    public ByteBuffer build(ProducerStamp stamp) {
        return build(stamp, 0);
    }

    /** The batch as a control batch, whose records are markers that clients do not see. The builder is spent by it. */
    ByteBuffer buildControl(ProducerStamp stamp) {
        return build(stamp, BatchHeader.CONTROL_FLAG);
    }

    private ByteBuffer build(ProducerStamp stamp, int flags) {
        requireOpen();
        if (recordCount == 0) {
            throw new IllegalStateException("A batch is built of at least one record");
        }
        built = true;
        ByteBuffer compressed =
                compression == Compression.NONE ? null : Codec.of(compression).compressBehindHeader(bytes, end);
        ByteBuffer batch = compressed == null ? ByteBuffer.wrap(bytes, 0, end).slice() : compressed;
        int codec = compressed == null ? Compression.NONE.id() : compression.id();
        writeHeader(batch, stamp, codec | flags | (stamp.transactional() ? BatchHeader.TRANSACTIONAL_FLAG : 0));
        return batch;
    }

    private void writeHeader(ByteBuffer batch, ProducerStamp stamp, int attributes) {
        batch.putLong(BatchHeader.BASE_OFFSET, 0);
        batch.putInt(BatchHeader.LENGTH, batch.limit() - BatchHeader.SIZE_COUNTED_FROM);
        batch.putInt(BatchHeader.LEADER_EPOCH, -1);
        batch.put(BatchHeader.MAGIC_BYTE, BatchHeader.MAGIC);
        batch.putShort(BatchHeader.ATTRIBUTES, (short) attributes);
        batch.putInt(BatchHeader.LAST_OFFSET_DELTA, recordCount - 1);
        batch.putLong(BatchHeader.BASE_TIMESTAMP, baseTimestamp);
        batch.putLong(BatchHeader.MAX_TIMESTAMP, maxTimestamp);
        batch.putLong(BatchHeader.PRODUCER_ID, stamp.producerId());
        batch.putShort(BatchHeader.PRODUCER_EPOCH, stamp.producerEpoch());
        batch.putInt(BatchHeader.BASE_SEQUENCE, stamp.baseSequence());
        batch.putInt(BatchHeader.RECORD_COUNT, recordCount);
        batch.putInt(BatchHeader.CRC, RecordBatch.crcOf(batch));
    }

    private int writeHeaders(List<RecordHeader> headers, int position) {
        int at = Varints.write(headers.size(), bytes, position);
        for (int i = 0; i < headers.size(); i++) {
            RecordHeader header = headers.get(i);
            byte[] key = header.key().getBytes(StandardCharsets.UTF_8);
            at = Varints.write(key.length, bytes, at);
            System.arraycopy(key, 0, bytes, at, key.length);
            at = writeField(header.value(), at + key.length);
        }
        return at;
    }

    private int writeField(@Nullable ByteBuffer field, int position) {
        if (field == null) {
            return Varints.write(-1, bytes, position);
        }
        int length = field.remaining();
        int at = Varints.write(length, bytes, position);
        field.get(field.position(), bytes, at, length);
        return at + length;
    }

    private void reserve(int more) {
        if (bytes.length - end < more) {
            long wanted = Math.max(end + (long) more, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, maxBytes));
        }
    }

    private void requireOpen() {
        if (built) {
            throw new IllegalStateException("The batch is built already");
        }
    }
}
