package io.millrace.standalone;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.params.provider.Arguments;

/**
 * What is wrong, the version of the produce request, its records, and the error that they get: the one of Apache Kafka 4.4, unless a
 * comment says otherwise.
 */
final class MalformedBatches {
    private static final int ATTRIBUTES = MadeBatch.ATTRIBUTES + 1;
    private static final byte[] GOOD = MadeBatch.of("good").bytes();

    private final List<Arguments> all = new ArrayList<>();
    private final int version;

    private MalformedBatches(int version) {
        this.version = version;
    }

    static List<Arguments> all() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (int version : new int[] {3, 9, 12}) {
            MalformedBatches batches = new MalformedBatches(version);
            batches.addFormats();
            batches.addSizes();
            batches.addCounts();
            batches.addAttributes();
            all.addAll(batches.all);
        }
        MalformedBatches beforeZstd = new MalformedBatches(6);
        byte[] zstd =
                MadeBatch.compressed(CompressionType.ZSTD, out -> out.write(0)).sealed();
        beforeZstd.add("zstd before there was any", zstd, Errors.UNSUPPORTED_COMPRESSION_TYPE);
        all.addAll(beforeZstd.all);
        return all;
    }

    private void addFormats() {
        add("no bytes", new byte[0], Errors.INVALID_RECORD);
        add("a message of format 0", old(0), Errors.INVALID_RECORD);
        add("a message of format 1", old(1), Errors.INVALID_RECORD);
        add("format 3", batch().with(MadeBatch.MAGIC, 3).bytes(), Errors.CORRUPT_MESSAGE);
        add("format -1", batch().with(MadeBatch.MAGIC, -1).bytes(), Errors.CORRUPT_MESSAGE);
        add("a wrong CRC", batch().with(MadeBatch.CRC, 0x55).bytes(), Errors.CORRUPT_MESSAGE);
        add("a changed record", batch().with(MadeBatch.HEADER_BYTES, 1).bytes(), Errors.CORRUPT_MESSAGE);
    }

    private void addSizes() {
        int right = GOOD.length - 12;
        byte[] half = Arrays.copyOf(GOOD, GOOD.length / 2);
        add("two batches", MadeBatch.joined(GOOD, GOOD), Errors.INVALID_RECORD);
        add("half a batch", half, Errors.INVALID_RECORD);
        // Kafka stores the first and forgets the half.
        add("half a batch behind one", MadeBatch.joined(GOOD, half), Errors.CORRUPT_MESSAGE);
        add("a size beyond the end", sized(right + 1), Errors.INVALID_RECORD);
        add("the largest size", sized(Integer.MAX_VALUE), Errors.INVALID_RECORD);
        add("a size that is one too small", sized(right - 1), Errors.CORRUPT_MESSAGE);
        add("a size that ends in the header", sized(14), Errors.CORRUPT_MESSAGE);
        add("no size", sized(0), Errors.CORRUPT_MESSAGE);
        add("a negative size", sized(-1), Errors.CORRUPT_MESSAGE);
    }

    private void addCounts() {
        addInvalid("more records than offsets", batch -> batch.withInt(MadeBatch.RECORD_COUNT, 3));
        addInvalid("fewer records than offsets", batch -> batch.withInt(MadeBatch.RECORD_COUNT, 1));
        addInvalid("no records", batch -> batch.withInt(MadeBatch.RECORD_COUNT, 0));
        addInvalid("a negative count", batch -> batch.withInt(MadeBatch.RECORD_COUNT, -1));
        addInvalid("a last offset that is too high", batch -> batch.withInt(MadeBatch.LAST_OFFSET_DELTA, 9));
        addInvalid("a last offset before the first", batch -> batch.withInt(MadeBatch.LAST_OFFSET_DELTA, -1));
        addInvalid("a base offset", batch -> batch.withLong(MadeBatch.BASE_OFFSET, 7));
    }

    private void addAttributes() {
        addInvalid("a control batch", batch -> batch.with(ATTRIBUTES, 0x20));
        addInvalid("a producer without a sequence", batch -> batch.withLong(MadeBatch.PRODUCER_ID, 7));
        // Kafka takes these two, and writes a timestamp type and a horizon of its own.
        addInvalid("a timestamp type of the broker", batch -> batch.with(ATTRIBUTES, 0x08));
        addInvalid("a delete horizon", batch -> batch.with(ATTRIBUTES, 0x40));
        add(
                "a transaction of nobody",
                batch().with(ATTRIBUTES, 0x10)
                        .withLong(MadeBatch.PRODUCER_ID, 7)
                        .withInt(MadeBatch.PRODUCER_EPOCH, 0)
                        .withInt(MadeBatch.BASE_SEQUENCE, 0)
                        .sealed(),
                Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
        // Kafka says UNKNOWN_SERVER_ERROR, its word for a bug.
        add("a codec that there is not", batch().with(ATTRIBUTES, 5).sealed(), Errors.UNSUPPORTED_COMPRESSION_TYPE);
    }

    private void addInvalid(String what, UnaryOperator<MadeBatch> lie) {
        add(what, lie.apply(batch()).sealed(), Errors.INVALID_RECORD);
    }

    private void add(String what, byte[] records, Errors error) {
        all.add(arguments(what + ", in version " + version, version, records, error));
    }

    private static MadeBatch batch() {
        return MadeBatch.of("a", "b");
    }

    private static byte[] sized(int size) {
        return MadeBatch.of("good").withInt(MadeBatch.SIZE, size).bytes();
    }

    /** A message of a format before record batches. */
    static byte[] old(int magic) {
        ByteBuffer records = MemoryRecords.withRecords(
                        (byte) magic, Compression.NONE, new SimpleRecord("old".getBytes(StandardCharsets.UTF_8)))
                .buffer();
        byte[] bytes = new byte[records.remaining()];
        records.get(bytes);
        return bytes;
    }
}
