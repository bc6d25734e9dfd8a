package io.millrace.gateway.kafka.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The field types of the protocol guide, read by hand where that is worth it. What is not there, or cannot be, is a
 * MalformedRequestException; no length is believed without the bytes for it.
 */
final class FrameFields {
    private static final int VARINT_BITS = 7;

    private FrameFields() {}

    static int readUnsignedVarint(ByteBuffer frame) {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += VARINT_BITS) {
            requireBytes(frame, 1);
            byte next = frame.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedRequestException("a number that is too long");
    }

    /** A length, or -1 for null. */
    static int readLength(ByteBuffer frame, boolean flexible) {
        if (flexible) {
            return readUnsignedVarint(frame) - 1;
        }
        requireBytes(frame, Integer.BYTES);
        return frame.getInt();
    }

    /** The number of elements of an array, each of which has at least so many bytes. */
    static int readCount(ByteBuffer frame, boolean flexible, int leastBytes) {
        int count = readLength(frame, flexible);
        if (count < 0 || (long) count * leastBytes > frame.remaining()) {
            throw new MalformedRequestException("an array of " + count + " elements");
        }
        return count;
    }

    static @Nullable String readNullableString(ByteBuffer frame, boolean flexible) {
        int length;
        if (flexible) {
            length = readUnsignedVarint(frame) - 1;
        } else {
            requireBytes(frame, Short.BYTES);
            length = frame.getShort();
        }
        if (length < 0) {
            return null;
        }
        requireBytes(frame, length);
        byte[] bytes = new byte[length];
        frame.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Bytes that stay in the frame, or null. */
    static @Nullable ByteBuffer readNullableBytes(ByteBuffer frame, boolean flexible) {
        int length = readLength(frame, flexible);
        if (length < 0) {
            return null;
        }
        requireBytes(frame, length);
        ByteBuffer bytes = frame.slice(frame.position(), length);
        frame.position(frame.position() + length);
        return bytes;
    }

    static void skipTaggedFields(ByteBuffer frame) {
        int count = readUnsignedVarint(frame);
        for (int i = 0; i < count; i++) {
            readUnsignedVarint(frame);
            int size = readUnsignedVarint(frame);
            requireBytes(frame, size);
            frame.position(frame.position() + size);
        }
    }

    static void requireBytes(ByteBuffer frame, int size) {
        if (size < 0 || size > frame.remaining()) {
            throw new MalformedRequestException("a request that ends too early");
        }
    }

    static int sizeOfUnsignedVarint(int value) {
        return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + VARINT_BITS - 1) / VARINT_BITS);
    }

    static void writeUnsignedVarint(ByteBuffer to, int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            to.put((byte) (rest | 0x80));
            rest >>>= VARINT_BITS;
        }
        to.put((byte) rest);
    }
}
