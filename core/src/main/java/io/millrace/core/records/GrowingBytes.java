package io.millrace.core.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that a codec writes, up to a limit. Grows with what really arrives, never with what somebody says will arrive. */
final class GrowingBytes extends OutputStream {
    private static final int INITIAL_BYTES = 1024;

    private final int maxBytes;
    private byte[] bytes;
    private int size;

    GrowingBytes(int expectedBytes, int maxBytes) {
        this.maxBytes = maxBytes;
        this.bytes = new byte[Math.min(Math.max(expectedBytes, INITIAL_BYTES), maxBytes)];
    }

    @Override
    public void write(int b) throws LimitReached {
        reserve(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws LimitReached {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** Writes four bytes, the highest first. */
    void writeInt(int value) throws LimitReached {
        reserve(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Takes all that the stream yields. */
    void readAll(InputStream from) throws IOException {
        while (true) {
            int read = size < bytes.length ? from.read(bytes, size, bytes.length - size) : readBeyond(from);
            if (read < 0) {
                return;
            }
            size += read;
        }
    }

    /** Makes room for so many bytes, which the caller writes into {@link #array()} from {@link #size()} on. */
    void reserve(int more) throws LimitReached {
        if (more > maxBytes - size) {
            throw limitReached();
        }
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * bytes.length, (long) size + more), maxBytes));
        }
    }

    /** Counts bytes that the caller has written into {@link #array()}. */
    void advance(int written) {
        size += written;
    }

    /** Bytes that may come yet. */
    int room() {
        return maxBytes - size;
    }

    /** What to throw when more would come than may. */
    LimitReached limitReached() {
        return new LimitReached(maxBytes);
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** The bytes so far, without much unused room behind them: they may be kept for long. */
    ByteBuffer toBuffer() {
        if (bytes.length - size > size + INITIAL_BYTES) {
            bytes = Arrays.copyOf(bytes, size);
        }
        return ByteBuffer.wrap(bytes, 0, size).slice();
    }

    /** The array is full: whether more comes is asked with one byte before room is made for it. */
    private int readBeyond(InputStream from) throws IOException {
        int next = from.read();
        if (next < 0) {
            return -1;
        }
        reserve(1);
        bytes[size] = (byte) next;
        return 1;
    }

    /** There is more than the limit allows. */
    static final class LimitReached extends IOException {
        private static final long serialVersionUID = 1L;

        LimitReached(int maxBytes) {
            super("more than " + maxBytes + " bytes");
        }
    }
}
