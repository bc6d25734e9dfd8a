package io.millrace.core.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;

/** Reads one LZ4 frame; bytes behind it are ignored, as Kafka does. */
final class Lz4FrameReader {
    private static final int VERSION_MASK = 0xc0;
    private static final int BLOCK_CHECKSUMS = 0x10;
    private static final int CONTENT_SIZE = 0x08;
    private static final int CONTENT_CHECKSUM = 0x04;
    private static final int RESERVED_OR_DICTIONARY = 0x03;
    private static final int SIZE_CODE_RESERVED = 0x8f;
    private static final int SIZE_CODE_MIN = 4;

    /** A byte of LZ4 yields at most 255 bytes. */
    private static final int EXPANSION_MAX = 255;

    private final Lz4Codec codec;
    private final byte[] from;
    private final ByteBuffer frame;
    private final GrowingBytes to;

    Lz4FrameReader(Lz4Codec codec, byte[] from, int position, int length, GrowingBytes to) {
        this.codec = codec;
        this.from = from;
        this.frame = ByteBuffer.wrap(from, position, length).order(ByteOrder.LITTLE_ENDIAN);
        this.to = to;
    }

    void read() throws IOException {
        if (readInt() != Lz4Codec.MAGIC) {
            throw new IOException("they are no LZ4 frame");
        }
        int descriptor = frame.position();
        int flags = readByte();
        int blockBytesMax = blockBytesMax(readByte());
        requireSupported(flags);
        skip((flags & CONTENT_SIZE) == 0 ? 0 : Long.BYTES);
        int hash = codec.hashOf(from, descriptor, frame.position() - descriptor);
        if (readByte() != ((hash >> Byte.SIZE) & 0xff)) {
            throw new IOException("the descriptor of their LZ4 frame is damaged");
        }
        int start = to.size();
        readBlocks(blockBytesMax, (flags & BLOCK_CHECKSUMS) != 0);
        if ((flags & CONTENT_CHECKSUM) != 0) {
            requireHash(readInt(), to.array(), start, to.size() - start);
        }
    }

    private void readBlocks(int blockBytesMax, boolean checksums) throws IOException {
        for (int size = readInt(); size != 0; size = readInt()) {
            int position = frame.position();
            int length = size & ~Lz4Codec.STORED;
            skip(length);
            if (length > blockBytesMax) {
                throw new IOException("an LZ4 block has " + length + " bytes in a frame of up to " + blockBytesMax);
            }
            if ((size & Lz4Codec.STORED) != 0) {
                to.write(from, position, length);
            } else {
                decompressBlock(position, length, blockBytesMax);
            }
            if (checksums) {
                requireHash(readInt(), from, position, length);
            }
        }
    }

    private void decompressBlock(int position, int length, int blockBytesMax) throws IOException {
        int yieldsAtMost = (int) Math.min((long) length * EXPANSION_MAX, blockBytesMax);
        int room = Math.min(yieldsAtMost, to.room());
        try {
            codec.decompressBlock(from, position, length, to, room);
        } catch (LZ4Exception e) {
            if (room < yieldsAtMost) {
                throw to.limitReached();
            }
            throw new IOException("an LZ4 block is malformed", e);
        }
    }

    private static void requireSupported(int flags) throws IOException {
        boolean supported = (flags & VERSION_MASK) == Lz4Codec.VERSION
                && (flags & Lz4Codec.INDEPENDENT_BLOCKS) != 0
                && (flags & RESERVED_OR_DICTIONARY) == 0;
        if (!supported) {
            throw new IOException("their LZ4 frame has the flags 0x" + Integer.toHexString(flags)
                    + "; only version 1 with independent blocks and no dictionary is read");
        }
    }

    private static int blockBytesMax(int code) throws IOException {
        int size = code >> 4;
        if (size < SIZE_CODE_MIN || (code & SIZE_CODE_RESERVED) != 0) {
            throw new IOException("their LZ4 frame has the block size code 0x" + Integer.toHexString(code));
        }
        return 1 << (8 + 2 * size);
    }

    private void requireHash(int expected, byte[] bytes, int position, int length) throws IOException {
        if (codec.hashOf(bytes, position, length) != expected) {
            throw new IOException("a checksum in their LZ4 frame does not hold");
        }
    }

    private int readInt() throws IOException {
        requireRemaining(Integer.BYTES);
        return frame.getInt();
    }

    private int readByte() throws IOException {
        requireRemaining(1);
        return frame.get() & 0xff;
    }

    private void skip(int length) throws IOException {
        requireRemaining(length);
        frame.position(frame.position() + length);
    }

    private void requireRemaining(int length) throws IOException {
        if (length > frame.remaining()) {
            throw new IOException("their LZ4 frame is cut off: " + length + " bytes are needed where "
                    + frame.remaining() + " remain");
        }
    }
}
