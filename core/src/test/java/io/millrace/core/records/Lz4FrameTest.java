package io.millrace.core.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG.Bits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LZ4 frames as other writers make them. */
final class Lz4FrameTest {
    private static final int LIMIT = 16 << 20;
    private static final Bits[] PLAIN = {Bits.BLOCK_INDEPENDENCE};
    private static final Bits[] ALL_CHECKSUMS = {
        Bits.BLOCK_INDEPENDENCE, Bits.BLOCK_CHECKSUM, Bits.CONTENT_CHECKSUM, Bits.CONTENT_SIZE
    };

    static Stream<Arguments> frames() {
        return Stream.of(BLOCKSIZE.values())
                .flatMap(size -> Stream.of(PLAIN, ALL_CHECKSUMS)
                        .flatMap(flags ->
                                Stream.of(0, 1, 1_000, 300_000).map(length -> Arguments.of(size, flags, length))));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void framesOfTheLibraryAreRead(BLOCKSIZE size, Bits[] flags, int length) throws IOException {
        // Given
        ByteBuffer content = Samples.words(new Random(length), length);
        byte[] frame = frame(size, flags, content);

        // When
        ByteBuffer read = Codec.of(Compression.LZ4).decompress(ByteBuffer.wrap(frame), LIMIT);

        // Then
        assertThat(read).isEqualTo(content);
    }

    @Test
    void contentThatDoesNotShrinkIsStored() throws IOException {
        // Given
        ByteBuffer noise = Samples.noise(new Random(1), 200_000);
        GrowingBytes frame = new GrowingBytes(0, 300_000);

        // When
        Codec.of(Compression.LZ4).compress(Samples.bytesOf(noise), 0, noise.remaining(), frame);

        // Then
        assertThat(frame.size()).isLessThan(200_100);
        assertThat(Codec.of(Compression.LZ4).decompress(frame.toBuffer(), LIMIT))
                .isEqualTo(noise);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5, 6, 15, 30, 150})
    void aByteChangedAnywhereInACheckedFrameIsFound(int position) throws IOException {
        // Given
        byte[] frame = frame(BLOCKSIZE.SIZE_64KB, ALL_CHECKSUMS, Samples.words(new Random(2), 1_000));

        // When
        frame[position] ^= 1;

        // Then
        assertThatThrownBy(() -> Codec.of(Compression.LZ4).decompress(ByteBuffer.wrap(frame), LIMIT))
                .isInstanceOf(InvalidBatchException.class);
    }

    private static byte[] frame(BLOCKSIZE size, Bits[] flags, ByteBuffer content) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        try (LZ4FrameOutputStream out = new LZ4FrameOutputStream(frame, size, content.remaining(), flags)) {
            out.write(Samples.bytesOf(content));
        }
        return frame.toByteArray();
    }
}
