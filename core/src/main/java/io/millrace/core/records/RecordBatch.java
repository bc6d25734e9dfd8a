package io.millrace.core.records;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A view over one whole batch of format v2. Looking at it costs nothing; only {@link #records} decompresses. The few
 * changes that a broker makes are made in place, in the buffer that the batch came in.
 */
public final class RecordBatch extends BatchHeader {
    /** The limit of {@link #records()}: no honest producer packs more than this into one batch. */
    public static final int DECOMPRESSED_BYTES_MAX = 128 << 20;

    private RecordBatch(ByteBuffer bytes) {
        super(bytes);
    }

    /**
     * The batch at the buffer's position, which nobody moves; more may follow it. Throws InvalidBatchException when the
     * batch is not there whole or is not of format v2. Whether its CRC and its content hold is not looked at.
     */
    public static RecordBatch at(ByteBuffer buffer) {
        requireHeader(buffer);
        int size = buffer.getInt(buffer.position() + LENGTH) + SIZE_COUNTED_FROM;
        if (size > buffer.remaining()) {
            throw new InvalidBatchException("The record batch is cut off: it has " + size + " bytes, of which "
                    + buffer.remaining() + " are here.");
        }
        return new RecordBatch(buffer.slice(buffer.position(), size));
    }

    /** The bytes of the batch, from position to limit; shared, but with a position of their own. */
    public ByteBuffer buffer() {
        return bytes.duplicate();
    }

    /** Says whether the batch's CRC is that of its bytes. */
    public boolean crcHolds() {
        return crc() == crcOf(bytes);
    }

    /** Writes what only a leader knows, in place. Both fields lie outside the CRC, so nothing else changes. */
    public void assign(long baseOffset, int leaderEpoch) {
        bytes.putLong(BASE_OFFSET, baseOffset);
        bytes.putInt(LEADER_EPOCH, leaderEpoch);
    }

    /** Gives every record the broker's timestamp, in place, without touching the records (KIP-32); renews the CRC. */
    public void stampLogAppendTime(long timestampMillis) {
        bytes.putShort(ATTRIBUTES, (short) (attributes() | LOG_APPEND_TIME_FLAG));
        bytes.putLong(MAX_TIMESTAMP, timestampMillis);
        bytes.putInt(CRC, crcOf(bytes));
    }

    /** The records, decompressed to at most {@link #DECOMPRESSED_BYTES_MAX} bytes; see {@link #records(int)}. */
    public Iterable<LogRecord> records() {
        return records(DECOMPRESSED_BYTES_MAX);
    }

    /**
     * The records in the order of their offsets. Each iteration decompresses anew, all at once and to at most so many
     * bytes; keys and values are views of those bytes. Starting and going on throw InvalidBatchException when the content
     * is malformed, too large (as DecompressionLimitException), or not in the order of its offsets; so an iteration always
     * ends.
     */
    public Iterable<LogRecord> records(int maxDecompressedBytes) {
        return () -> new RecordIterator(this, recordBytes(maxDecompressedBytes));
    }

    /**
     * A copy of the header as a batch without records: what is left when compaction has removed every record, but the
     * offsets or the producer's sequence must not be forgotten.
     */
    public ByteBuffer withoutRecords() {
        ByteBuffer copy = ByteBuffer.allocate(SIZE);
        copy.put(0, bytes, 0, SIZE);
        copy.putInt(LENGTH, SIZE - SIZE_COUNTED_FROM);
        copy.putShort(ATTRIBUTES, (short) (attributes() & ~(COMPRESSION_MASK | DELETE_HORIZON_FLAG)));
        copy.putLong(BASE_TIMESTAMP, NO_TIMESTAMP);
        copy.putInt(RECORD_COUNT, 0);
        copy.putInt(CRC, crcOf(copy));
        return copy;
    }

    /** The CRC-32C of the batch that fills the buffer from 0 to its limit. */
    static int crcOf(ByteBuffer batch) {
        CRC32C crc = new CRC32C();
        crc.update(batch.slice(ATTRIBUTES, batch.limit() - ATTRIBUTES));
        return (int) crc.getValue();
    }

    private ByteBuffer recordBytes(int maxDecompressedBytes) {
        ByteBuffer content = bytes.slice(SIZE, bytes.limit() - SIZE);
        return compression() == Compression.NONE || recordCount() == 0
                ? content
                : Codec.of(compression()).decompress(content, maxDecompressedBytes);
    }
}
