package io.millrace.core.records;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;

/** The LZ4 frame format with independent blocks, as Kafka has it since format v2. */
final class Lz4Codec extends Codec {
    static final Lz4Codec INSTANCE = new Lz4Codec();

    private Lz4Codec() {}

    @Override
    void compress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        try (LZ4FrameOutputStream lz4 =
                new LZ4FrameOutputStream(to, BLOCKSIZE.SIZE_64KB, FLG.Bits.BLOCK_INDEPENDENCE)) {
            lz4.write(from, position, length);
        }
    }

    @Override
    void decompress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        try (LZ4FrameInputStream lz4 = new LZ4FrameInputStream(new ByteArrayInputStream(from, position, length))) {
            to.readAll(lz4);
        } catch (LZ4Exception e) {
            throw new IOException(e);
        }
    }
}
