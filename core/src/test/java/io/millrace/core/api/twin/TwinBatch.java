package io.millrace.core.api.twin;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The few fields of a record batch (format v2, KIP-98) that the twin needs. */
record TwinBatch(ByteBuffer bytes) {
    private static final int BASE_OFFSET = 0;
    private static final int LENGTH = 8;
    private static final int LEADER_EPOCH = 12;
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int LAST_OFFSET_DELTA = 23;
    private static final int MAX_TIMESTAMP = 35;
    private static final int PRODUCER_ID = 43;
    private static final int PRODUCER_EPOCH = 51;
    private static final int BASE_SEQUENCE = 53;
    private static final int HEADER_BYTES = 61;
    private static final int LOG_APPEND_TIME_BIT = 0x08;

    boolean isWhole() {
        return bytes.limit() >= HEADER_BYTES
                && bytes.getInt(LENGTH) == bytes.limit() - LEADER_EPOCH
                && bytes.get(MAGIC) == 2
                && bytes.getInt(CRC) == crc();
    }

    long baseOffset() {
        return bytes.getLong(BASE_OFFSET);
    }

    long lastOffset() {
        return baseOffset() + bytes.getInt(LAST_OFFSET_DELTA);
    }

    int leaderEpoch() {
        return bytes.getInt(LEADER_EPOCH);
    }

    long maxTimestamp() {
        return bytes.getLong(MAX_TIMESTAMP);
    }

    long producerId() {
        return bytes.getLong(PRODUCER_ID);
    }

    short producerEpoch() {
        return bytes.getShort(PRODUCER_EPOCH);
    }

    int baseSequence() {
        return bytes.getInt(BASE_SEQUENCE);
    }

    int lastSequence() {
        return (baseSequence() + bytes.getInt(LAST_OFFSET_DELTA)) & Integer.MAX_VALUE;
    }

    boolean repeats(TwinBatch other) {
        return producerEpoch() == other.producerEpoch()
                && baseSequence() == other.baseSequence()
                && lastSequence() == other.lastSequence();
    }

    int sizeInBytes() {
        return bytes.limit();
    }

    void assign(long baseOffset, int leaderEpoch) {
        bytes.putLong(BASE_OFFSET, baseOffset);
        bytes.putInt(LEADER_EPOCH, leaderEpoch);
    }

    void stamp(long logAppendTimeMillis) {
        bytes.putShort(ATTRIBUTES, (short) (bytes.getShort(ATTRIBUTES) | LOG_APPEND_TIME_BIT));
        bytes.putLong(MAX_TIMESTAMP, logAppendTimeMillis);
        bytes.putInt(CRC, crc());
    }

    private int crc() {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(ATTRIBUTES));
        return (int) crc.getValue();
    }
}
