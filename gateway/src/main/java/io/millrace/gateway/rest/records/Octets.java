package io.millrace.gateway.rest.records;

import java.nio.ByteBuffer;

/** Bytes that nobody changes any more, handed on without a copy. */
public final class Octets {
    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over. */
    public static Octets of(byte[] bytes) {
        return new Octets(bytes);
    }

    /** The array itself. */
    public byte[] array() {
        return bytes;
    }

    /** How many there are. */
    public int size() {
        return bytes.length;
    }

    /** The bytes as the domain takes them. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes);
    }
}
