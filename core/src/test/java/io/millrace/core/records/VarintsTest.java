package io.millrace.core.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.internals.ByteUtils;
import org.junit.jupiter.api.Test;

final class VarintsTest {
    @Test
    void intsAreTheSameBytesAsKafkas() {
        byte[] ours = new byte[Varints.INT_BYTES_MAX];
        numbers().mapToInt(number -> (int) number).forEach(number -> {
            // When
            int end = Varints.write(number, ours, 0);

            // Then
            ByteBuffer kafkas = ByteBuffer.allocate(Varints.INT_BYTES_MAX);
            ByteUtils.writeVarint(number, kafkas);
            assertThat(ByteBuffer.wrap(ours, 0, end)).as("%d", number).isEqualTo(kafkas.flip());
            assertThat(Varints.sizeOf(number)).as("%d", number).isEqualTo(end);
        });
    }

    @Test
    void longsAreTheSameBytesAsKafkas() {
        byte[] ours = new byte[Varints.LONG_BYTES_MAX];
        numbers().forEach(number -> {
            // When
            int end = Varints.write(number, ours, 0);

            // Then
            ByteBuffer kafkas = ByteBuffer.allocate(Varints.LONG_BYTES_MAX);
            ByteUtils.writeVarlong(number, kafkas);
            assertThat(ByteBuffer.wrap(ours, 0, end)).as("%d", number).isEqualTo(kafkas.flip());
            assertThat(Varints.sizeOf(number)).as("%d", number).isEqualTo(end);
        });
    }

    /** Around every power of two, the ends, and random ones of every length. */
    private static LongStream numbers() {
        Random random = new Random(1);
        long[] ends = {0, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE};
        LongStream powers = LongStream.range(0, 63)
                .flatMap(bit -> LongStream.rangeClosed(-2, 2)
                        .flatMap(near -> LongStream.of((1L << bit) + near, -(1L << bit) + near)));
        LongStream others = LongStream.generate(() -> random.nextLong() >> random.nextInt(64))
                .limit(1_000);
        return LongStream.concat(Arrays.stream(ends), LongStream.concat(powers, others));
    }
}
