package io.millrace.core.records;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * The Zstandard format (RFC 8878). Frames that tell the size of their content, as ours do, are read in one go: for small
 * batches that takes half the time of a stream, which frames of unknown size need.
 */
final class ZstdCodec extends Codec {
    static final ZstdCodec INSTANCE = new ZstdCodec();

    /** A block of 4 bytes yields at most 128 KiB; a frame that says that it yields more is lying. */
    private static final long EXPANSION_MAX = 1 << 15;

    private ZstdCodec() {}

    @Override
    void compress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        int room = (int) Math.min(Zstd.compressBound(length), to.room());
        to.reserve(room);
        try {
            long size = Zstd.compressByteArray(
                    to.array(), to.size(), room, from, position, length, Zstd.defaultCompressionLevel());
            to.advance((int) size);
        } catch (ZstdException doesNotFit) {
            throw to.limitReached();
        }
    }

    @Override
    void decompress(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        if (length == 0) {
            throw new IOException("they are no zstd frame"); // the library looks behind the end of the array
        }
        long yields = Zstd.getFrameContentSize(from, position, length);
        if (yields > to.room()) {
            throw to.limitReached();
        }
        boolean inOneGo = yields > 0 && yields <= length * EXPANSION_MAX;
        if (!inOneGo || !decompressFrame(from, position, length, to, (int) yields)) {
            decompressStream(from, position, length, to);
        }
    }

    /** False, with nothing done, when the bytes are not exactly one such frame. */
    private static boolean decompressFrame(byte[] from, int position, int length, GrowingBytes to, int yields)
            throws IOException {
        to.reserve(yields);
        try {
            long size = Zstd.decompressByteArray(to.array(), to.size(), yields, from, position, length);
            to.advance((int) size);
            return true;
        } catch (ZstdException notOneFrame) {
            return false;
        }
    }

    private static void decompressStream(byte[] from, int position, int length, GrowingBytes to) throws IOException {
        try (ZstdInputStreamNoFinalizer zstd =
                new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(from, position, length))) {
            to.readAll(zstd);
        }
    }
}
