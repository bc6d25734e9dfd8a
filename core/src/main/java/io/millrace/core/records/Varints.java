package io.millrace.core.records;

/**
 * Numbers of variable length: seven bits a byte, the lowest first, the sign in the lowest bit (zig-zag), as in Protocol
 * Buffers.
 */
final class Varints {
    /** Most bytes of an int. */
    static final int INT_BYTES_MAX = 5;

    /** Most bytes of a long. */
    static final int LONG_BYTES_MAX = 10;

    private Varints() {}

    /** Bytes that the number takes. */
    static int sizeOf(int value) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(zigZag(value) | 1);
        return (bits + 6) / 7;
    }

    /** Bytes that the number takes. */
    static int sizeOf(long value) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(zigZag(value) | 1);
        return (bits + 6) / 7;
    }

    /** Writes the number at the position; returns the position after it. */
    static int write(int value, byte[] into, int position) {
        int rest = zigZag(value);
        int at = position;
        while ((rest & ~0x7f) != 0) {
            into[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        into[at++] = (byte) rest;
        return at;
    }

    /** Writes the number at the position; returns the position after it. */
    static int write(long value, byte[] into, int position) {
        long rest = zigZag(value);
        int at = position;
        while ((rest & ~0x7fL) != 0) {
            into[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        into[at++] = (byte) rest;
        return at;
    }

    static int unZigZag(int raw) {
        return (raw >>> 1) ^ -(raw & 1);
    }

    static long unZigZag(long raw) {
        return (raw >>> 1) ^ -(raw & 1);
    }

    private static int zigZag(int value) {
        return (value << 1) ^ (value >> 31);
    }

    private static long zigZag(long value) {
        return (value << 1) ^ (value >> 63);
    }
}
