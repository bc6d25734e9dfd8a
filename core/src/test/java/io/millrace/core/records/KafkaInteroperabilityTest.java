package io.millrace.core.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/** What Kafka's own client library writes is read here, and the reverse. */
final class KafkaInteroperabilityTest {
    private static final int LIMIT = 64 << 20;
    private static final ProducerStamp TRANSACTIONAL = new ProducerStamp(4711, (short) 3, 1000, true);

    /** Every codec with batches from one small record to several blocks of every codec's framing. */
    static Stream<Arguments> codecsAndContents() {
        return Stream.of(Compression.values())
                .flatMap(codec -> Stream.of(
                                Samples.ofEveryShape(),
                                Samples.random(1, 1, 1),
                                Samples.random(2, 10, 130),
                                Samples.random(3, 1_000, 100),
                                Samples.random(4, 300, 1_100),
                                Samples.random(5, 20, 40_000),
                                Samples.random(6, 1, 1 << 20),
                                Samples.random(7, 5, 300_000))
                        .map(records -> Arguments.of(codec, records)));
    }

    @ParameterizedTest
    @MethodSource("codecsAndContents")
    void weReadWhatKafkaWrites(Compression compression, List<LogRecord> records) {
        // Given
        ByteBuffer bytes = KafkaBatches.write(compression, ProducerStamp.NONE, records);

        // When
        RecordBatch batch = RecordBatch.at(bytes);

        // Then
        assertThat(BatchCheck.check(bytes, LIMIT)).isEmpty();
        assertThat(DeepCheck.check(bytes, LIMIT)).isEmpty();
        assertThat(batch.compression()).isEqualTo(compression);
        assertThat(batch.records()).containsExactlyElementsOf(records);
    }

    @ParameterizedTest
    @MethodSource("codecsAndContents")
    void kafkaReadsWhatWeWrite(Compression compression, List<LogRecord> records) {
        // When
        ByteBuffer bytes = Samples.batchOf(compression, ProducerStamp.NONE, records);

        // Then
        assertThat(KafkaBatches.read(bytes)).containsExactlyElementsOf(records);
        assertThat(KafkaBatches.batch(bytes).sizeInBytes()).isEqualTo(bytes.remaining());
    }

    @ParameterizedTest
    @EnumSource
    void kafkaReadsEveryCodecOfOurs(Compression compression) {
        // When
        ByteBuffer bytes = Samples.batchOf(compression, ProducerStamp.NONE, Samples.random(8, 100, 100));

        // Then
        assertThat(KafkaBatches.batch(bytes).compressionType().id).isEqualTo((byte) compression.id());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 1_000, 10_000})
    void uncompressedBatchesAreTheSameByteForByte(int count) {
        // Given
        List<LogRecord> records = Samples.random(count, count, 200);

        // When
        ByteBuffer ours = Samples.batchOf(Compression.NONE, TRANSACTIONAL, records);

        // Then
        assertThat(ours).isEqualTo(KafkaBatches.write(Compression.NONE, TRANSACTIONAL, records));
    }

    @Test
    void aBatchOfEveryShapeIsTheSameByteForByte() {
        // When
        ByteBuffer ours = Samples.batchOf(Compression.NONE, ProducerStamp.NONE, Samples.ofEveryShape());

        // Then
        assertThat(ours).isEqualTo(KafkaBatches.write(Compression.NONE, ProducerStamp.NONE, Samples.ofEveryShape()));
    }

    @Test
    void theStampOfATransactionalProducerIsReadBothWays() {
        // Given
        List<LogRecord> records = Samples.random(9, 10, 100);

        // When
        RecordBatch read = RecordBatch.at(KafkaBatches.write(Compression.ZSTD, TRANSACTIONAL, records));
        MutableRecordBatch written = KafkaBatches.batch(Samples.batchOf(Compression.ZSTD, TRANSACTIONAL, records));

        // Then
        assertThat(new ProducerStamp(
                        read.producerId(), read.producerEpoch(), read.baseSequence(), read.isTransactional()))
                .isEqualTo(TRANSACTIONAL);
        assertThat(new ProducerStamp(
                        written.producerId(),
                        written.producerEpoch(),
                        written.baseSequence(),
                        written.isTransactional()))
                .isEqualTo(TRANSACTIONAL);
    }

    @Test
    void assigningOffsetAndEpochLeavesABatchThatKafkaTakes() {
        // Given
        ByteBuffer bytes = Samples.batchOf(Compression.LZ4, ProducerStamp.NONE, Samples.random(10, 10, 100));

        // When
        RecordBatch.at(bytes).assign(1L << 40, 12);

        // Then
        MutableRecordBatch batch = KafkaBatches.batch(bytes);
        batch.ensureValid();
        assertThat(batch.baseOffset()).isEqualTo(1L << 40);
        assertThat(batch.lastOffset()).isEqualTo((1L << 40) + 9);
        assertThat(batch.partitionLeaderEpoch()).isEqualTo(12);
    }

    @ParameterizedTest
    @EnumSource
    void stampingLogAppendTimeLeavesABatchThatKafkaTakes(Compression compression) {
        // Given
        ByteBuffer bytes = Samples.batchOf(compression, ProducerStamp.NONE, Samples.random(11, 20, 100));

        // When
        RecordBatch.at(bytes).stampLogAppendTime(77);

        // Then
        assertThat(KafkaBatches.batch(bytes).timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(KafkaBatches.read(bytes))
                .extracting(LogRecord::timestampMillis)
                .containsOnly(77L);
        assertThat(RecordBatch.at(bytes).records())
                .extracting(LogRecord::timestampMillis)
                .containsOnly(77L);
        assertThat(DeepCheck.check(bytes, LIMIT)).isEmpty();
    }

    @Test
    void weReadKafkasLogAppendTime() {
        // Given
        ByteBuffer bytes = KafkaBatches.write(
                Compression.NONE, TimestampType.LOG_APPEND_TIME, 99, ProducerStamp.NONE, Samples.random(12, 5, 10));

        // When
        RecordBatch batch = RecordBatch.at(bytes);

        // Then
        assertThat(BatchCheck.intact(bytes)).isEmpty();
        assertThat(batch.timestampType()).isEqualTo(io.millrace.core.model.TimestampType.LOG_APPEND_TIME);
        assertThat(batch.records()).extracting(LogRecord::timestampMillis).containsOnly(99L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endTransactionMarkersAreTheSameByteForByte(boolean commits) {
        // Given
        ControlRecordType type = commits ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
        ByteBuffer kafkas = MemoryRecords.withEndTransactionMarker(
                        0,
                        5_000,
                        -1,
                        4711,
                        (short) 3,
                        new org.apache.kafka.common.record.internal.EndTransactionMarker(type, 9))
                .buffer();

        // When
        ByteBuffer ours = new EndTransactionMarker(commits, 9).batch(5_000, 4711, (short) 3);

        // Then
        assertThat(ours).isEqualTo(kafkas);
        RecordBatch batch = RecordBatch.at(ours);
        assertThat(batch.isControl()).isTrue();
        assertThat(batch.isTransactional()).isTrue();
        assertThat(batch.records())
                .extracting(EndTransactionMarker::of)
                .allSatisfy(marker -> assertThat(marker).hasValue(new EndTransactionMarker(commits, 9)));
    }

    @Test
    void anEmptiedBatchIsTheSameByteForByte() {
        // Given
        ByteBuffer bytes = Samples.batchOf(Compression.GZIP, TRANSACTIONAL, Samples.random(13, 100, 100));
        RecordBatch batch = RecordBatch.at(bytes);
        batch.assign(1_000, 6);
        ByteBuffer kafkas = ByteBuffer.allocate(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        DefaultRecordBatch.writeEmptyHeader(
                kafkas,
                (byte) 2,
                TRANSACTIONAL.producerId(),
                TRANSACTIONAL.producerEpoch(),
                TRANSACTIONAL.baseSequence(),
                1_000,
                1_099,
                6,
                TimestampType.CREATE_TIME,
                batch.maxTimestamp(),
                true,
                false);

        // When
        ByteBuffer ours = batch.withoutRecords();

        // Then
        assertThat(ours).isEqualTo(kafkas.flip());
        assertThat(DeepCheck.check(ours, LIMIT)).isEmpty();
        assertThat(RecordBatch.at(ours).records()).isEmpty();
        assertThat(RecordBatch.at(ours).nextOffset()).isEqualTo(1_100);
    }

    @Test
    void aBareSnappyBlockIsReadAsKafkaReadsIt() throws IOException {
        // Given
        List<LogRecord> records = Samples.random(14, 50, 100);
        ByteBuffer plain = Samples.batchOf(Compression.NONE, ProducerStamp.NONE, records);
        byte[] content = new byte[plain.remaining() - BatchHeader.SIZE];
        plain.get(BatchHeader.SIZE, content);
        byte[] block = Snappy.compress(content);

        // When
        ByteBuffer bytes = Corruption.withContent(plain, Compression.SNAPPY, block);

        // Then
        assertThat(RecordBatch.at(bytes).records()).containsExactlyElementsOf(records);
        assertThat(KafkaBatches.read(bytes)).containsExactlyElementsOf(records);
    }

    @Test
    void batchesOneBehindTheOtherAreTheSameForBoth() {
        // Given
        ByteBuffer log = ByteBuffer.allocate(1 << 20);
        IntStream.range(0, 20)
                .mapToObj(i -> Samples.batchOf(
                        Compression.forId(i % 5).orElseThrow(), ProducerStamp.NONE, Samples.random(i, 1 + i, 300)))
                .forEach(log::put);
        log.flip();

        // When
        List<Long> ours = StreamSupport.stream(RecordBatches.in(log).spliterator(), false)
                .map(batch -> Integer.toUnsignedLong(batch.crc()))
                .toList();

        // Then
        List<Long> kafkas = new ArrayList<>();
        MemoryRecords.readableRecords(log.duplicate()).batches().forEach(batch -> kafkas.add(batch.checksum()));
        assertThat(ours).hasSize(20).isEqualTo(kafkas);
    }

    @Test
    void ourSizeOfARecordAloneIsNeverBelowTheBatchThatKafkaMakesOfIt() {
        Random random = new Random(15);
        for (int i = 0; i < 500; i++) {
            // Given
            LogRecord sample = Samples.random(random.nextLong(), 1, 1 << random.nextInt(15))
                    .getFirst();

            // When
            long bound = RecordSize.alone(sample.key(), sample.value(), sample.headers());

            // Then
            int real = KafkaBatches.write(Compression.NONE, ProducerStamp.NONE, List.of(sample))
                    .remaining();
            assertThat(bound).isBetween((long) real, real + 20L);
        }
    }

    @Test
    void aRecordOfKafkaHasTheSequenceThatOurStampGivesIt() {
        // When
        ByteBuffer bytes = Samples.batchOf(Compression.NONE, TRANSACTIONAL, Samples.random(16, 3, 10));

        // Then
        assertThat(KafkaBatches.batch(bytes)).extracting(Record::sequence).containsExactly(1000, 1001, 1002);
    }
}
