package io.millrace.core.records;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Records to try things with; their offsets count from 0. */
final class Samples {
    static final long START_MILLIS = 1_700_000_000_000L;

    private Samples() {}

    /** Records of every shape: without key, value or both, empty ones, headers of all kinds, late and missing timestamps. */
    static List<LogRecord> ofEveryShape() {
        List<RecordHeader> headers = List.of(
                new RecordHeader("source", utf8("shop")),
                new RecordHeader("nothing", null),
                new RecordHeader("", utf8("")),
                new RecordHeader("größe ✓ \uD83D\uDE00", utf8("repeated")),
                new RecordHeader("source", utf8("again")));
        List<LogRecord> records = new ArrayList<>();
        add(records, START_MILLIS, utf8("key"), utf8("value"), List.of());
        add(records, START_MILLIS + 1, null, utf8("without a key"), List.of());
        add(records, START_MILLIS + 63, utf8("without a value"), null, List.of());
        add(records, START_MILLIS + 64, null, null, headers);
        add(records, START_MILLIS - 100_000, utf8(""), utf8(""), headers);
        add(records, 0, utf8("k"), utf8("from the epoch"), List.of());
        add(records, Long.MAX_VALUE, utf8("k"), utf8("from far away"), headers);
        add(records, BatchHeader.NO_TIMESTAMP, utf8("k"), utf8("timeless"), List.of());
        return records;
    }

    /** So many records of random shape whose values have up to so many bytes and compress well. */
    static List<LogRecord> random(long seed, int count, int maxValueBytes) {
        Random random = new Random(seed);
        List<LogRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteBuffer key = random.nextInt(4) == 0 ? null : utf8("key-" + random.nextInt(1000));
            ByteBuffer value = random.nextInt(8) == 0 ? null : words(random, random.nextInt(maxValueBytes + 1));
            List<RecordHeader> headers = new ArrayList<>();
            for (int h = random.nextInt(8) - 5; h > 0; h--) {
                headers.add(new RecordHeader("header-" + h, random.nextBoolean() ? null : words(random, h)));
            }
            add(records, START_MILLIS + random.nextInt(100_000) - 1_000, key, value, headers);
        }
        return records;
    }

    /** Bytes that look like text. */
    static ByteBuffer words(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(random.nextInt(4) == 0 ? 26 : 3));
        }
        return ByteBuffer.wrap(bytes);
    }

    /** Bytes that no codec makes smaller. */
    static ByteBuffer noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The records as one batch of ours, with base offset 0. */
    static ByteBuffer batchOf(Compression compression, ProducerStamp stamp, List<LogRecord> records) {
        return builderOf(compression, records).build(stamp);
    }

    static BatchBuilder builderOf(Compression compression, List<LogRecord> records) {
        BatchBuilder builder = new BatchBuilder(compression, Integer.MAX_VALUE);
        for (LogRecord sample : records) {
            if (!builder.append(sample.timestampMillis(), sample.key(), sample.value(), sample.headers())) {
                throw new IllegalStateException("does not fit");
            }
        }
        return builder;
    }

    private static void add(
            List<LogRecord> records,
            long timestamp,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            List<RecordHeader> headers) {
        records.add(new LogRecord(records.size(), timestamp, key, value, headers));
    }
}
