package io.millrace.core.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/**
 * Snappy in the framing of the snappy-java library: a header of 16 bytes, then chunks, each behind its length in 4 bytes.
 * A batch without that header is one bare snappy block, as some clients written in C send it. The framing is read here and
 * not by the library, because the library allocates whatever a chunk says that it needs.
 */
final class SnappyCodec extends Codec {
    static final SnappyCodec INSTANCE = new SnappyCodec();

    private static final byte[] MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 16;
    private static final int CHUNK_BYTES = 32 * 1024;

    /** A snappy element of 3 bytes copies at most 64 bytes; a block that says that it yields more is lying. */
    private static final int EXPANSION_MAX = 64;

    private SnappyCodec() {}

    @Override
    void compress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(VERSION)
                .array();
        to.write(header, 0, HEADER_BYTES);
        byte[] chunk = new byte[Snappy.maxCompressedLength(Math.min(length, CHUNK_BYTES))];
        for (int done = 0; done < length; done += CHUNK_BYTES) {
            int size = Snappy.compress(from, position + done, Math.min(length - done, CHUNK_BYTES), chunk, 0);
            to.writeInt(size);
            to.write(chunk, 0, size);
        }
    }

    @Override
    void decompress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        int end = position + length;
        if (length < HEADER_BYTES || !Arrays.equals(from, position, position + MAGIC.length, MAGIC, 0, MAGIC.length)) {
            block(from, position, length, to);
            return;
        }
        ByteBuffer framed = ByteBuffer.wrap(from, position + HEADER_BYTES, length - HEADER_BYTES);
        while (framed.hasRemaining()) {
            if (framed.remaining() < Integer.BYTES) {
                throw new IOException("a snappy chunk is cut off");
            }
            int size = framed.getInt();
            if (size < 0 || size > framed.remaining()) {
                throw new IOException(
                        "a snappy chunk has " + size + " bytes where " + (end - framed.position()) + " remain");
            }
            block(from, framed.position(), size, to);
            framed.position(framed.position() + size);
        }
    }

    private static void block(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        int yields = Snappy.uncompressedLength(from, position, length);
        if (yields < 0 || yields > (long) length * EXPANSION_MAX) {
            throw new IOException("a snappy block of " + length + " bytes says that it yields " + yields);
        }
        to.reserve(yields);
        to.advance(Snappy.uncompress(from, position, length, to.array(), to.size()));
    }
}
