package io.millrace.core.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches whose CRC holds but whose content is made to hurt. */
final class HostileBatchTest {
    private static final int LIMIT = 1 << 20;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Each line: what is wrong, a word of the message, the content of a batch of one record in hex. */
    @ParameterizedTest
    @CsvSource({
        "no record at all, no end, ''",
        "a length without an end, no end, 80",
        "a length of more than 5 bytes, too long, 808080808080",
        "a negative length, length of -1, 01",
        "an empty record, length of 0, 00",
        "a length beyond the end, length of 64, 8001",
        "the largest length, length of 2147483647, FEFFFFFF0F",
        "a timestamp of more than 10 bytes, too long, 18008080808080808080808080",
        "an offset outside the batch, offset delta 1, 0C000002010100",
        "a negative offset, offset delta -1, 0C000001010100",
        "a key beyond the end, key of 32, 0C000000400100",
        "a negative key length, key of -2, 0C000000030100",
        "a value beyond the end, value of 32, 0C000000014000",
        "the largest value, value of 2147483647, 140000000 1FEFFFFFF0F00",
        "a negative number of headers, -1 headers, 0C000000010101",
        "more headers than bytes, 32 headers, 0C000000010140",
        "the largest number of headers, 2147483647 headers, 1400000001 01FEFFFFFF0F",
        "a header without a key, without a key, 100000000101020101",
        "a header value beyond the end, header value of 32, 1000000001010200 40",
        "a record shorter than its length, ends elsewhere, 0E00000001010000",
        "a record longer than its length, ends elsewhere, 0A000000010100",
        "bytes behind the last record, 1 bytes behind, 0C00000001010000"
    })
    void aMalformedRecordIsRefusedInWords(String what, String words, String hex) {
        // Given
        byte[] content = HexFormat.of().parseHex(hex.replace(" ", ""));
        ByteBuffer batch = Corruption.withContent(oneRecord(), Compression.NONE, content);

        // When / Then
        assertThat(BatchCheck.check(batch, LIMIT)).as(what).isEmpty();
        assertThatThrownBy(() -> read(batch, LIMIT))
                .as(what)
                .isInstanceOf(InvalidBatchException.class)
                .hasMessageContaining(words);
        assertThat(DeepCheck.check(batch, LIMIT))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains(words));
    }

    @Test
    void offsetsThatDoNotAscendAreRefused() {
        // Given
        ByteBuffer batch = Samples.batchOf(Compression.NONE, ProducerStamp.NONE, Samples.random(1, 2, 0));
        byte[] twice = HexFormat.of().parseHex("0C0000000101000C000000010100");

        // When / Then
        assertThatThrownBy(() -> read(Corruption.withContent(batch, Compression.NONE, twice), LIMIT))
                .isInstanceOf(InvalidBatchException.class)
                .hasMessageContaining("offset delta 0 after 0");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aBombStopsAtTheLimit(Compression compression) throws Exception {
        // Given
        int size = 64 << 20;
        byte[] zeros = new byte[size];
        GrowingBytes compressed = new GrowingBytes(1024, size);
        Codec.of(compression).compress(zeros, 0, size, compressed);
        byte[] bomb = new byte[compressed.size()];
        compressed.toBuffer().get(bomb);
        ByteBuffer batch = Corruption.withContent(oneRecord(), compression, bomb);

        // When
        long allocated = allocatedBy(() -> assertThatThrownBy(() -> read(batch, LIMIT))
                .isInstanceOf(InvalidBatchException.class)
                .hasMessageContaining("more than the limit of " + LIMIT + " bytes"));

        // Then
        assertThat(allocated).isLessThan(16L * LIMIT);
    }

    @ParameterizedTest
    @EnumSource
    void theLimitIsTheLargestContentThatIsRead(Compression compression) {
        // Given
        List<LogRecord> records = Samples.random(3, 50, 500);
        int content = Samples.builderOf(Compression.NONE, records).estimatedSize() - BatchHeader.SIZE;
        ByteBuffer batch = Samples.batchOf(compression, ProducerStamp.NONE, records);

        // When / Then
        assertThat(read(batch, content)).isEqualTo(50);
        if (compression != Compression.NONE) {
            assertThatThrownBy(() -> read(batch, content - 1)).isInstanceOf(InvalidBatchException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a chunk beyond the end, 82534E41505059000000000100000001000000FF00",
        "a negative chunk, 82534E41505059000000000100000001FFFFFFFF00",
        "a cut-off length, 82534E415050590000000001000000010000",
        "a block that promises 2 GiB, FFFFFFFF0700",
        "nothing, ''"
    })
    void hostileSnappyFramesAreRefused(String what, String hex) {
        // Given
        ByteBuffer batch = Corruption.withContent(
                oneRecord(), Compression.SNAPPY, HexFormat.of().parseHex(hex));

        // When / Then
        assertThatThrownBy(() -> read(batch, LIMIT)).as(what).isInstanceOf(InvalidBatchException.class);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void nothingWhereCompressedRecordsShouldBeIsRefused(Compression compression) {
        ByteBuffer batch = Corruption.withContent(oneRecord(), compression, new byte[0]);

        assertThatThrownBy(() -> read(batch, LIMIT)).isInstanceOf(InvalidBatchException.class);
    }

    @Test
    void aBatchInADirectOrReadOnlyBufferIsReadTheSame() {
        // Given
        List<LogRecord> records = Samples.random(4, 50, 100);
        for (Compression compression : Compression.values()) {
            ByteBuffer batch = Samples.batchOf(compression, ProducerStamp.NONE, records);
            ByteBuffer direct = ByteBuffer.allocateDirect(batch.remaining())
                    .put(batch.duplicate())
                    .flip();

            // When / Then
            assertThat(RecordBatch.at(direct).records()).containsExactlyElementsOf(records);
            assertThat(RecordBatch.at(batch.asReadOnlyBuffer()).records()).containsExactlyElementsOf(records);
        }
    }

    @Test
    void batchesBehindEachOtherEndWhereTheLastIsCutOff() {
        // Given
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        ByteBuffer batch = oneRecord();
        for (int i = 0; i < 3; i++) {
            log.write(batch.array(), batch.arrayOffset(), batch.remaining());
        }

        for (int cut = 0; cut <= log.size(); cut++) {
            // When
            ByteBuffer bytes = ByteBuffer.wrap(log.toByteArray(), 0, log.size() - cut);

            // Then
            assertThat(RecordBatches.in(bytes)).hasSize(bytes.remaining() / batch.remaining());
        }
    }

    @Test
    void garbageBehindABatchIsNoBatch() {
        // Given
        ByteBuffer bytes = ByteBuffer.allocate(500).put(oneRecord()).rewind();

        // When / Then
        assertThatThrownBy(() -> RecordBatches.in(bytes).forEach(RecordBatch::sizeInBytes))
                .isInstanceOf(InvalidBatchException.class);
    }

    private static ByteBuffer oneRecord() {
        return Samples.batchOf(Compression.NONE, ProducerStamp.NONE, Samples.random(2, 1, 10));
    }

    private static int read(ByteBuffer batch, int limit) {
        int count = 0;
        Iterator<LogRecord> records = RecordBatch.at(batch).records(limit).iterator();
        while (records.hasNext()) {
            records.next();
            count++;
        }
        return count;
    }

    private static long allocatedBy(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
