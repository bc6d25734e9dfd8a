package io.millrace.core.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class BatchCheckTest {
    private static final int LIMIT = 1 << 20;

    @ParameterizedTest
    @EnumSource
    void anHonestBatchPasses(Compression compression) {
        assertThat(BatchCheck.check(batch(compression), LIMIT)).isEmpty();
    }

    @Test
    void aBatchInTheMiddleOfABufferIsLookedAtWithoutMovingThePosition() {
        // Given
        ByteBuffer batch = batch(Compression.NONE);
        ByteBuffer frame = ByteBuffer.allocateDirect(batch.remaining() + 20);
        frame.position(10).put(batch).flip().position(10);

        // When / Then
        assertThat(BatchCheck.check(frame, LIMIT)).isEmpty();
        assertThat(frame.position()).isEqualTo(10);
    }

    @Test
    void theLimitIsTheLargestSizeThatPasses() {
        // Given
        ByteBuffer batch = batch(Compression.NONE);
        int size = batch.remaining();

        // When / Then
        assertThat(BatchCheck.check(batch, size)).isEmpty();
        assertThat(BatchCheck.check(batch, size - 1)).contains(new BatchProblem.TooLarge(size, size - 1));
    }

    @Test
    void everyFlippedBitIsFoundExceptInTheFieldsThatALeaderAssigns() {
        // Given
        ByteBuffer batch = batch(Compression.NONE);

        for (int bit = 0; bit < batch.remaining() * 8; bit++) {
            // When
            boolean assignedByLeader = bit / 8 < BatchHeader.LENGTH
                    || (bit / 8 >= BatchHeader.LEADER_EPOCH && bit / 8 < BatchHeader.MAGIC_BYTE);
            flip(batch, bit);

            // Then
            assertThat(BatchCheck.check(batch, LIMIT).isPresent())
                    .as("bit %d", bit)
                    .isEqualTo(!assignedByLeader);
            flip(batch, bit);
        }
    }

    @Test
    void everyCutOffBatchIsFoundAndNamed() {
        // Given
        ByteBuffer batch = batch(Compression.SNAPPY);

        for (int size = 0; size < batch.remaining(); size++) {
            // When
            ByteBuffer cut = batch.slice(0, size);

            // Then
            assertThat(BatchCheck.check(cut, LIMIT))
                    .as("%d bytes", size)
                    .hasValueSatisfying(problem -> assertThat(problem).isInstanceOf(BatchProblem.Corrupt.class));
            assertThatThrownBy(() -> RecordBatch.at(cut)).isInstanceOf(InvalidBatchException.class);
        }
    }

    @Test
    void bytesBehindTheBatchAreFound() {
        // Given
        ByteBuffer batch = batch(Compression.NONE);
        ByteBuffer longer =
                ByteBuffer.allocate(batch.remaining() + 1).put(batch).rewind();

        // When / Then
        assertThat(BatchCheck.check(longer, LIMIT))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("there are"));
    }

    static Stream<Arguments> liesOfProducers() {
        return Stream.of(
                lie("no records", batch -> batch.putInt(BatchHeader.RECORD_COUNT, 0)),
                lie("cannot be", batch -> batch.putInt(BatchHeader.RECORD_COUNT, -1)),
                lie("cannot be", batch -> batch.putInt(BatchHeader.RECORD_COUNT, 11)),
                lie("instead of 8", batch -> batch.putInt(BatchHeader.RECORD_COUNT, 9)),
                lie("cannot be", batch -> batch.putInt(BatchHeader.LAST_OFFSET_DELTA, -1)),
                lie("instead of 9", batch -> batch.putInt(BatchHeader.LAST_OFFSET_DELTA, Integer.MAX_VALUE)),
                lie("control batch", batch -> attribute(batch, BatchHeader.CONTROL_FLAG)),
                lie("delete horizon", batch -> attribute(batch, BatchHeader.DELETE_HORIZON_FLAG)),
                lie("LogAppendTime", batch -> attribute(batch, BatchHeader.LOG_APPEND_TIME_FLAG)),
                lie("no transactions yet", batch -> attribute(batch, BatchHeader.TRANSACTIONAL_FLAG)),
                lie("producer id 5", batch -> batch.putLong(BatchHeader.PRODUCER_ID, 5)),
                lie(
                        "base sequence -7",
                        batch -> batch.putLong(BatchHeader.PRODUCER_ID, 5)
                                .putShort(BatchHeader.PRODUCER_EPOCH, (short) 0)
                                .putInt(BatchHeader.BASE_SEQUENCE, -7)),
                lie("format 1", batch -> batch.put(BatchHeader.MAGIC_BYTE, (byte) 1)),
                lie("impossible length", batch -> batch.putInt(BatchHeader.LENGTH, -1)),
                lie("impossible length", batch -> batch.putInt(BatchHeader.LENGTH, Integer.MAX_VALUE)),
                lie("codec 5", batch -> attribute(batch, 5)));
    }

    @ParameterizedTest
    @MethodSource("liesOfProducers")
    void whatNoProducerMayWriteIsRefusedInWords(String words, Consumer<ByteBuffer> lie) {
        // Given
        ByteBuffer batch = batch(Compression.NONE);

        // When
        lie.accept(batch);

        // Then
        assertThat(BatchCheck.check(Corruption.sealed(batch), LIMIT))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains(words));
    }

    @Test
    void anUnknownCodecIsToldApart() {
        // Given
        ByteBuffer batch = batch(Compression.NONE);
        attribute(batch, 7);

        // When / Then
        assertThat(BatchCheck.check(Corruption.sealed(batch), LIMIT)).contains(new BatchProblem.UnsupportedCodec(7));
        assertThatThrownBy(() -> RecordBatch.at(batch).records().iterator())
                .isInstanceOf(InvalidBatchException.class)
                .hasMessageContaining("codec 7");
    }

    @Test
    void whatThePlatformItselfWritesIsIntact() {
        // Given
        ByteBuffer marker = new EndTransactionMarker(true, 1).batch(1, 2, (short) 3);
        ByteBuffer emptied = RecordBatch.at(batch(Compression.LZ4)).withoutRecords();

        // When / Then
        assertThat(BatchCheck.intact(marker)).isEmpty();
        assertThat(BatchCheck.intact(emptied)).isEmpty();
        assertThat(BatchCheck.check(marker, LIMIT)).isPresent();
        assertThat(BatchCheck.check(emptied, LIMIT)).isPresent();
    }

    @Test
    void theDeepCheckFindsALatestTimestampThatNoRecordHas() {
        // Given
        ByteBuffer batch = batch(Compression.ZSTD);
        batch.putLong(BatchHeader.MAX_TIMESTAMP, 5);

        // When / Then
        assertThat(DeepCheck.check(Corruption.sealed(batch), LIMIT))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("latest timestamp"));
    }

    private static ByteBuffer batch(Compression compression) {
        List<LogRecord> records = Samples.random(1, 10, 50);
        return Samples.batchOf(compression, ProducerStamp.NONE, records);
    }

    private static Arguments lie(String words, Consumer<ByteBuffer> lie) {
        return Arguments.of(words, lie);
    }

    private static void attribute(ByteBuffer batch, int bits) {
        batch.putShort(BatchHeader.ATTRIBUTES, (short) bits);
    }

    private static void flip(ByteBuffer batch, int bit) {
        batch.put(bit / 8, (byte) (batch.get(bit / 8) ^ (1 << (bit % 8))));
    }
}
