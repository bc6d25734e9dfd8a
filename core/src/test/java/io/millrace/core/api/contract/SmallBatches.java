package io.millrace.core.api.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Record batches (format v2, KIP-98) written by hand, byte by byte and without the code under test: uncompressed, no keys,
 * no headers, no producer unless one is named.
 */
public final class SmallBatches {
    private static final int HEADER_BYTES = 61;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int PRODUCER_ID = 43;

    private SmallBatches() {}

    /** One record for each value, all with the same timestamp. */
    public static ByteBuffer of(long timestampMillis, String... values) {
        ByteBuffer batch = ByteBuffer.allocate(HEADER_BYTES + sizeOf(values));
        batch.putLong(0).putInt(batch.capacity() - 12).putInt(-1).put((byte) 2).putInt(0);
        batch.putShort((short) 0)
                .putInt(values.length - 1)
                .putLong(timestampMillis)
                .putLong(timestampMillis);
        batch.putLong(-1).putShort((short) -1).putInt(-1).putInt(values.length);
        for (int i = 0; i < values.length; i++) {
            byte[] value = values[i].getBytes(StandardCharsets.UTF_8);
            putVarint(batch, bodySize(i, value));
            batch.put((byte) 0);
            putVarint(batch, 0);
            putVarint(batch, i);
            putVarint(batch, -1);
            putVarint(batch, value.length);
            batch.put(value);
            putVarint(batch, 0);
        }
        return withCrc(batch.flip());
    }

    /** The same, written by an idempotent producer. */
    public static ByteBuffer by(long producerId, int epoch, int baseSequence, String... values) {
        ByteBuffer batch = of(1000, values);
        batch.putLong(PRODUCER_ID, producerId)
                .putShort(PRODUCER_ID + 8, (short) epoch)
                .putInt(PRODUCER_ID + 10, baseSequence);
        return withCrc(batch);
    }

    private static ByteBuffer withCrc(ByteBuffer batch) {
        CRC32C crc = new CRC32C();
        crc.update(batch.duplicate().position(ATTRIBUTES));
        return batch.putInt(CRC, (int) crc.getValue());
    }

    /** The values of the whole batches in a slice, from the first batch on. */
    public static List<String> valuesIn(ByteBuffer batches) {
        List<String> values = new ArrayList<>();
        ByteBuffer in = batches.duplicate();
        while (in.remaining() >= HEADER_BYTES && in.getInt(in.position() + 8) + 12 <= in.remaining()) {
            int end = in.position() + 12 + in.getInt(in.position() + 8);
            in.position(in.position() + HEADER_BYTES);
            while (in.position() < end) {
                int recordEnd = getVarint(in);
                recordEnd += in.position();
                in.get();
                getVarint(in);
                getVarint(in);
                getVarint(in);
                byte[] value = new byte[getVarint(in)];
                in.get(value);
                values.add(new String(value, StandardCharsets.UTF_8));
                in.position(recordEnd);
            }
        }
        return values;
    }

    private static int sizeOf(String[] values) {
        int size = 0;
        for (int i = 0; i < values.length; i++) {
            int body = bodySize(i, values[i].getBytes(StandardCharsets.UTF_8));
            size += varintSize(body) + body;
        }
        return size;
    }

    private static int bodySize(int offsetDelta, byte[] value) {
        return 1 + 1 + varintSize(offsetDelta) + 1 + varintSize(value.length) + value.length + 1;
    }

    private static int varintSize(int value) {
        int zigzag = (value << 1) ^ (value >> 31);
        return Math.max(1, (38 - Integer.numberOfLeadingZeros(zigzag)) / 7);
    }

    private static void putVarint(ByteBuffer to, int value) {
        int rest = (value << 1) ^ (value >> 31);
        while ((rest & ~0x7F) != 0) {
            to.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    private static int getVarint(ByteBuffer from) {
        int zigzag = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = from.get();
            zigzag |= (b & 0x7F) << shift;
            if (b >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
    }
}
