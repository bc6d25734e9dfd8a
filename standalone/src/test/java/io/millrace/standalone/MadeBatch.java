package io.millrace.standalone;

import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;

/** A record batch whose every byte a test can change; offsets of fields are those of format 2 (KIP-98). */
final class MadeBatch {
    static final int BASE_OFFSET = 0;
    static final int SIZE = 8;
    static final int MAGIC = 16;
    static final int CRC = 17;
    static final int ATTRIBUTES = 21;
    static final int LAST_OFFSET_DELTA = 23;
    static final int BASE_TIMESTAMP = 27;
    static final int MAX_TIMESTAMP = 35;
    static final int PRODUCER_ID = 43;
    static final int PRODUCER_EPOCH = 51;
    static final int BASE_SEQUENCE = 53;
    static final int RECORD_COUNT = 57;
    static final int HEADER_BYTES = 61;
    private static final int SIZE_COUNTED_FROM = 12;

    private final ByteBuffer bytes;

    private MadeBatch(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** A batch with which nothing is wrong, of these values. */
    static MadeBatch of(String... values) {
        BatchBuilder builder = new BatchBuilder(Compression.NONE, 1 << 20);
        for (String value : values) {
            builder.append(1_000, null, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)), List.of());
        }
        ByteBuffer built = builder.build();
        return new MadeBatch(ByteBuffer.allocate(built.remaining()).put(built).flip());
    }

    /** The header of a batch of one record, with that content, compressed by Kafka's own codec. */
    static MadeBatch compressed(CompressionType codec, Content content) throws IOException {
        ByteBufferOutputStream to = new ByteBufferOutputStream(1 << 16);
        try (OutputStream out =
                org.apache.kafka.common.compress.Compression.of(codec).build().wrapForOutput(to, (byte) 2)) {
            content.writeTo(out);
        }
        ByteBuffer packed = to.buffer().flip();
        ByteBuffer all = ByteBuffer.allocate(HEADER_BYTES + packed.remaining())
                .put(of("x").bytes.slice(0, HEADER_BYTES))
                .put(packed)
                .flip();
        return new MadeBatch(all)
                .withInt(SIZE, all.remaining() - SIZE_COUNTED_FROM)
                .with(ATTRIBUTES + 1, codec.id);
    }

    /** What is written into a batch before it is compressed. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    MadeBatch with(int at, int value) {
        bytes.put(at, (byte) value);
        return this;
    }

    MadeBatch withInt(int at, int value) {
        bytes.putInt(at, value);
        return this;
    }

    MadeBatch withLong(int at, long value) {
        bytes.putLong(at, value);
        return this;
    }

    /** The bytes as they are, under the CRC that was right before they were changed. */
    byte[] bytes() {
        byte[] copy = new byte[bytes.limit()];
        bytes.get(0, copy);
        return copy;
    }

    /** The bytes under a CRC that holds. */
    byte[] sealed() {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(ATTRIBUTES, bytes.limit() - ATTRIBUTES));
        bytes.putInt(CRC, (int) crc.getValue());
        return bytes();
    }

    /** One behind the other. */
    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
