package io.millrace.core.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchBuilderTest {
    private static final int LARGE = 1 << 20;

    @ParameterizedTest
    @EnumSource
    void whatGoesInComesOut(Compression compression) {
        // Given
        List<LogRecord> records = Samples.random(1, 100, 100);

        // When
        ByteBuffer bytes = Samples.batchOf(compression, ProducerStamp.NONE, records);

        // Then
        assertThat(BatchCheck.check(bytes, LARGE)).isEmpty();
        assertThat(RecordBatch.at(bytes).compression()).isEqualTo(compression);
        assertThat(RecordBatch.at(bytes).records()).containsExactlyElementsOf(records);
    }

    @Test
    void anAssignedBatchCountsItsOffsetsFromThere() {
        // Given
        RecordBatch batch =
                RecordBatch.at(Samples.batchOf(Compression.NONE, ProducerStamp.NONE, Samples.random(2, 3, 10)));

        // When
        batch.assign(500, 7);

        // Then
        assertThat(batch.records()).extracting(LogRecord::offset).containsExactly(500L, 501L, 502L);
        assertThat(List.of(batch.baseOffset(), batch.lastOffset(), batch.nextOffset()))
                .containsExactly(500L, 502L, 503L);
        assertThat(batch.leaderEpoch()).isEqualTo(7);
        assertThat(batch.crcHolds()).isTrue();
    }

    @Test
    void theHeaderTellsTheFirstAndTheLatestTimestamp() {
        // Given
        BatchBuilder builder = new BatchBuilder(Compression.NONE, LARGE);
        for (long timestamp : new long[] {50, 90, 10}) {
            builder.append(timestamp, null, null, List.of());
        }

        // When
        BatchHeader header = BatchHeader.at(builder.build());

        // Then
        assertThat(header.baseTimestamp()).isEqualTo(50);
        assertThat(header.maxTimestamp()).isEqualTo(90);
    }

    @ParameterizedTest
    @ValueSource(ints = {70, 500, 5_000, 100_000})
    void theLimitIsUsedToTheLastByte(int maxBytes) {
        // Given
        int emptyRecord = builderWith(Compression.NONE, LARGE, 0).estimatedSize();
        int valueBytes = maxBytes - emptyRecord - varintGrowth(maxBytes - emptyRecord);

        // When / Then
        BatchBuilder fits = builderWith(Compression.NONE, maxBytes, valueBytes);
        assertThat(fits.recordCount()).isEqualTo(1);
        assertThat(fits.build().remaining()).isEqualTo(maxBytes);
        assertThat(builderWith(Compression.NONE, maxBytes, valueBytes + 1).recordCount())
                .isZero();
    }

    @Test
    void aRecordThatDoesNotFitLeavesTheBatchAsItWas() {
        // Given
        BatchBuilder builder = builderWith(Compression.NONE, 1_000, 100);
        int before = builder.estimatedSize();

        // When
        boolean fits = builder.append(1, null, ByteBuffer.allocate(1_000), List.of());

        // Then
        assertThat(fits).isFalse();
        assertThat(builder.estimatedSize()).isEqualTo(before);
        assertThat(RecordBatch.at(builder.build()).records()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void noiseStaysUncompressedSoThatTheLimitHolds(Compression compression) {
        // Given
        ByteBuffer noise = Samples.noise(new Random(3), 100_000);
        BatchBuilder builder = new BatchBuilder(compression, LARGE);
        builder.append(1, null, noise, List.of());
        int estimated = builder.estimatedSize();

        // When
        RecordBatch batch = RecordBatch.at(builder.build());

        // Then
        assertThat(batch.compression()).isEqualTo(Compression.NONE);
        assertThat(batch.sizeInBytes()).isEqualTo(estimated);
        assertThat(batch.records()).extracting(LogRecord::value).containsExactly(noise);
    }

    @Test
    void keysAndValuesAreTakenFromPositionToLimitAndNotMoved() {
        // Given
        ByteBuffer whole = Samples.utf8("--key--value--");
        ByteBuffer key = whole.duplicate().position(2).limit(5);
        ByteBuffer value = whole.asReadOnlyBuffer().position(7).limit(12);
        BatchBuilder builder = new BatchBuilder(Compression.NONE, LARGE);

        // When
        builder.append(1, key, value, List.of());

        // Then
        assertThat(key.position()).isEqualTo(2);
        assertThat(value.position()).isEqualTo(7);
        assertThat(RecordBatch.at(builder.build()).records())
                .containsExactly(new LogRecord(0, 1, Samples.utf8("key"), Samples.utf8("value"), List.of()));
    }

    @Test
    void aTimestampBeforeTheEpochIsRefused() {
        // Given
        BatchBuilder builder = new BatchBuilder(Compression.NONE, LARGE);

        // When / Then
        assertThatIllegalArgumentException().isThrownBy(() -> builder.append(-2, null, null, List.of()));
    }

    @Test
    void aBuilderMakesOneBatchOfAtLeastOneRecord() {
        // Given
        BatchBuilder empty = new BatchBuilder(Compression.NONE, LARGE);
        BatchBuilder spent = builderWith(Compression.NONE, LARGE, 1);
        assertThat(spent.build().remaining()).isPositive();

        // When / Then
        assertThatIllegalStateException().isThrownBy(empty::build);
        assertThatIllegalStateException().isThrownBy(spent::build);
        assertThatIllegalStateException().isThrownBy(() -> spent.append(1, null, null, List.of()));
    }

    @Test
    void codecsAreFoundByIdAndByName() {
        assertThat(Compression.forId(4)).contains(Compression.ZSTD);
        assertThat(Compression.forId(5)).isEmpty();
        assertThat(Compression.forId(-1)).isEmpty();
        assertThat(Compression.named("Snappy")).contains(Compression.SNAPPY);
        assertThat(Compression.named("brotli")).isEmpty();
    }

    private static BatchBuilder builderWith(Compression compression, int maxBytes, int valueBytes) {
        BatchBuilder builder = new BatchBuilder(compression, maxBytes);
        builder.append(1, null, ByteBuffer.allocate(valueBytes), List.of());
        return builder;
    }

    /** What the length of the record and the length of the value take more than one byte each. */
    private static int varintGrowth(int bytes) {
        int growth = 2 * (Varints.sizeOf(bytes) - 1);
        return bytes - growth < 0 ? 0 : growth;
    }
}
