package io.millrace.core.records;

import io.millrace.core.model.TimestampType;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A view over the first {@link #SIZE} bytes of a batch of format v2 (KIP-98), wherever the rest of it is. Reads the
 * buffer anew each time, so it shows later changes. Numbers are big-endian.
 */
public sealed class BatchHeader permits RecordBatch {
    /** Bytes of a header; a batch without records is no longer. */
    public static final int SIZE = 61;

    /** The format that this package reads and writes. */
    public static final byte MAGIC = 2;

    /** Producer id, producer epoch and base sequence of a batch that no idempotent producer wrote. */
    public static final int NO_PRODUCER = -1;

    /** The timestamp of a record or batch that has none. */
    public static final long NO_TIMESTAMP = -1;

    /** Bytes up to and including the size field, which that field does not count. */
    static final int SIZE_COUNTED_FROM = 12;

    static final int BASE_OFFSET = 0;
    static final int LENGTH = 8;
    static final int LEADER_EPOCH = 12;
    static final int MAGIC_BYTE = 16;
    static final int CRC = 17;
    static final int ATTRIBUTES = 21;
    static final int LAST_OFFSET_DELTA = 23;
    static final int BASE_TIMESTAMP = 27;
    static final int MAX_TIMESTAMP = 35;
    static final int PRODUCER_ID = 43;
    static final int PRODUCER_EPOCH = 51;
    static final int BASE_SEQUENCE = 53;
    static final int RECORD_COUNT = 57;

    static final int COMPRESSION_MASK = 0x07;
    static final int LOG_APPEND_TIME_FLAG = 0x08;
    static final int TRANSACTIONAL_FLAG = 0x10;
    static final int CONTROL_FLAG = 0x20;
    static final int DELETE_HORIZON_FLAG = 0x40;

    /** The batch from 0; the limit is where the view ends. */
    final ByteBuffer bytes;

    BatchHeader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * The header at the buffer's position, which nobody moves. Throws InvalidBatchException when there are fewer than
     * {@link #SIZE} bytes, the size is impossible, or the magic is not 2.
     */
    public static BatchHeader at(ByteBuffer buffer) {
        requireHeader(buffer);
        return new BatchHeader(buffer.slice(buffer.position(), SIZE));
    }

    static void requireHeader(ByteBuffer buffer) {
        Optional<BatchProblem> problem = BatchCheck.headerProblem(buffer);
        if (problem.isPresent()) {
            throw new InvalidBatchException(problem.get().message());
        }
    }

    /** The offset of the first record; of an emptied batch, the one that its first record had. */
    public long baseOffset() {
        return bytes.getLong(BASE_OFFSET);
    }

    /** The offset of the last record, also when compaction has removed that record. */
    public long lastOffset() {
        return baseOffset() + lastOffsetDelta();
    }

    /** The offset after the batch. */
    public long nextOffset() {
        return lastOffset() + 1;
    }

    /** Last offset minus base offset. */
    public int lastOffsetDelta() {
        return bytes.getInt(LAST_OFFSET_DELTA);
    }

    /** Bytes of the whole batch, header included. */
    public int sizeInBytes() {
        return bytes.getInt(LENGTH) + SIZE_COUNTED_FROM;
    }

    /** The epoch of the leader that took the batch in. */
    public int leaderEpoch() {
        return bytes.getInt(LEADER_EPOCH);
    }

    /** Always {@link #MAGIC}. */
    public byte magic() {
        return bytes.get(MAGIC_BYTE);
    }

    /** The CRC-32C that the batch carries. */
    public int crc() {
        return bytes.getInt(CRC);
    }

    /** The number of the codec, which may be unknown. */
    public int compressionId() {
        return attributes() & COMPRESSION_MASK;
    }

    /** The codec; throws InvalidBatchException when the batch names an unknown one. */
    public Compression compression() {
        int id = compressionId();
        return Compression.forId(id)
                .orElseThrow(() -> new InvalidBatchException(new BatchProblem.UnsupportedCodec(id).message()));
    }

    public TimestampType timestampType() {
        return has(LOG_APPEND_TIME_FLAG) ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME;
    }

    public boolean isTransactional() {
        return has(TRANSACTIONAL_FLAG);
    }

    /** Says whether the records are markers of the platform itself, which clients do not see. */
    public boolean isControl() {
        return has(CONTROL_FLAG);
    }

    /** Says whether the base timestamp is the time from which compaction may drop tombstones and markers (KIP-534). */
    public boolean hasDeleteHorizon() {
        return has(DELETE_HORIZON_FLAG);
    }

    /** Of the producer, or {@link #NO_PRODUCER}. */
    public long producerId() {
        return bytes.getLong(PRODUCER_ID);
    }

    /** Of the producer, or {@link #NO_PRODUCER}. */
    public short producerEpoch() {
        return bytes.getShort(PRODUCER_EPOCH);
    }

    /** The sequence number of the first record, or {@link #NO_PRODUCER}. */
    public int baseSequence() {
        return bytes.getInt(BASE_SEQUENCE);
    }

    /** How many records the batch holds; 0 when compaction removed all. */
    public int recordCount() {
        return bytes.getInt(RECORD_COUNT);
    }

    /** What the records' timestamps count from. */
    public long baseTimestamp() {
        return bytes.getLong(BASE_TIMESTAMP);
    }

    /** The latest timestamp of the records; with log append time, the timestamp of each of them. */
    public long maxTimestamp() {
        return bytes.getLong(MAX_TIMESTAMP);
    }

    short attributes() {
        return bytes.getShort(ATTRIBUTES);
    }

    private boolean has(int flag) {
        return (attributes() & flag) != 0;
    }
}
