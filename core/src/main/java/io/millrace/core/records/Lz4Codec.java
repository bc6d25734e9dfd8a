package io.millrace.core.records;

import java.io.IOException;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * The LZ4 frame format (version 1.6 of its specification, little-endian) with independent blocks. The frame is read and
 * written here, so that blocks go straight between the arrays; the library's streams allocate buffers of the largest
 * block that a frame announces, for each batch.
 */
final class Lz4Codec extends Codec {
    static final Lz4Codec INSTANCE = new Lz4Codec();

    static final int MAGIC = 0x184D2204;
    static final int VERSION = 0x40;
    static final int INDEPENDENT_BLOCKS = 0x20;

    /** Set in the length of a block that is not compressed. */
    static final int STORED = 0x80000000;

    /** Blocks of 64 KiB, as Kafka has them. */
    private static final int BLOCK_BYTES = 1 << 16;

    private static final int BLOCK_BYTES_CODE = 0x40;

    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    private final LZ4SafeDecompressor decompressor =
            LZ4Factory.fastestInstance().safeDecompressor();
    private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();

    private Lz4Codec() {}

    @Override
    void compress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        byte[] descriptor = {VERSION | INDEPENDENT_BLOCKS, BLOCK_BYTES_CODE};
        to.writeInt(Integer.reverseBytes(MAGIC));
        to.write(descriptor, 0, descriptor.length);
        to.write(hashOf(descriptor, 0, descriptor.length) >> Byte.SIZE);
        for (int done = 0; done < length; done += BLOCK_BYTES) {
            compressBlock(from, position + done, Math.min(length - done, BLOCK_BYTES), to);
        }
        to.writeInt(0);
    }

    @Override
    void decompress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        new Lz4FrameReader(this, from, position, length, to).read();
    }

    private void compressBlock(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        to.reserve(Integer.BYTES);
        int room = Math.min(to.room() - Integer.BYTES, length - 1);
        to.reserve(Integer.BYTES + room);
        try {
            int size = compressor.compress(from, position, length, to.array(), to.size() + Integer.BYTES, room);
            to.writeInt(Integer.reverseBytes(size));
            to.advance(size);
        } catch (LZ4Exception doesNotShrink) {
            to.writeInt(Integer.reverseBytes(length | STORED));
            to.write(from, position, length);
        }
    }

    /** Writes what a block yields behind the bytes so far; throws LZ4Exception when that is more than the room. */
    void decompressBlock(byte[] from, int position, int length, GrowingBytes to, int room) throws IOException {
        to.reserve(room);
        to.advance(decompressor.decompress(from, position, length, to.array(), to.size(), room));
    }

    int hashOf(byte[] bytes, int position, int length) {
        return hash.hash(bytes, position, length, 0);
    }
}
