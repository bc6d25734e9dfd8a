package io.millrace.core.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Compresses and decompresses the records of a batch, as Kafka does. Stateless. */
abstract sealed class Codec permits GzipCodec, SnappyCodec, Lz4Codec, ZstdCodec {
    /** What records shrink by, roughly: the first guess at the room that they need again. */
    private static final int EXPECTED_RATIO = 4;

    /** The codec, which is not NONE. */
    static Codec of(Compression compression) {
        return switch (compression) {
            case NONE -> throw new IllegalArgumentException("No compression has no codec");
            case GZIP -> GzipCodec.INSTANCE;
            case SNAPPY -> SnappyCodec.INSTANCE;
            case LZ4 -> Lz4Codec.INSTANCE;
            case ZSTD -> ZstdCodec.INSTANCE;
        };
    }

    /** Compresses so many bytes of the array, from the position on. */
    abstract void compress(byte[] from, int position, int length, GrowingBytes to) throws IOException;

    /** Decompresses so many bytes of the array; throws IOException when they are not what this codec writes. */
    abstract void decompress(byte[] from, int position, int length, GrowingBytes to) throws IOException;

    /**
     * Compresses what lies between the header and the end of a batch into a batch with room for its header; null when that
     * would not be smaller.
     */
    final @Nullable ByteBuffer compressBehindHeader(byte[] batch, int end) {
        GrowingBytes to = new GrowingBytes(BatchHeader.SIZE + (end - BatchHeader.SIZE) / EXPECTED_RATIO, end);
        try {
            to.write(batch, 0, BatchHeader.SIZE);
            compress(batch, BatchHeader.SIZE, end - BatchHeader.SIZE, to);
            return to.toBuffer();
        } catch (GrowingBytes.LimitReached e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("Compression in memory failed", e);
        }
    }

    /** Decompresses all of the buffer; throws InvalidBatchException when it is malformed or yields more than the limit (DecompressionLimitException). */
    final ByteBuffer decompress(ByteBuffer compressed, int maxBytes) {
        int length = compressed.remaining();
        GrowingBytes to = new GrowingBytes((int) Math.min((long) length * EXPECTED_RATIO, maxBytes), maxBytes);
        try {
            if (compressed.hasArray()) {
                decompress(compressed.array(), compressed.arrayOffset() + compressed.position(), length, to);
            } else {
                byte[] copy = new byte[length];
                compressed.get(compressed.position(), copy);
                decompress(copy, 0, length, to);
            }
            return to.toBuffer();
        } catch (GrowingBytes.LimitReached e) {
            throw new DecompressionLimitException(maxBytes, e);
        } catch (IOException e) {
            throw new InvalidBatchException("The records of the batch do not decompress: " + e.getMessage(), e);
        }
    }
}
