package io.millrace.core.records;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.jspecify.annotations.Nullable;

/** Writes and reads batches with Kafka's own client library, to compare with. */
final class KafkaBatches {
    private KafkaBatches() {}

    /** The records as Kafka writes them, with base offset 0 and leader epoch -1. */
    static ByteBuffer write(Compression compression, ProducerStamp stamp, List<LogRecord> records) {
        return write(compression, TimestampType.CREATE_TIME, BatchHeader.NO_TIMESTAMP, stamp, records);
    }

    static ByteBuffer write(
            Compression compression,
            TimestampType timestampType,
            long logAppendTime,
            ProducerStamp stamp,
            List<LogRecord> records) {
        try (MemoryRecordsBuilder builder = new MemoryRecordsBuilder(
                ByteBuffer.allocate(1024),
                (byte) 2,
                codec(compression),
                timestampType,
                0,
                logAppendTime,
                stamp.producerId(),
                stamp.producerEpoch(),
                stamp.baseSequence(),
                stamp.transactional(),
                false,
                -1,
                1024)) {
            for (LogRecord each : records) {
                builder.append(each.timestampMillis(), copy(each.key()), copy(each.value()), headers(each));
            }
            return builder.build().buffer();
        }
    }

    /** The single batch that the bytes are. */
    static MutableRecordBatch batch(ByteBuffer bytes) {
        return MemoryRecords.readableRecords(bytes.duplicate()).batchIterator().next();
    }

    /** The records of the single batch that the bytes are, after a check of its CRC. */
    static List<LogRecord> read(ByteBuffer bytes) {
        MutableRecordBatch batch = batch(bytes);
        batch.ensureValid();
        List<LogRecord> records = new ArrayList<>();
        for (Record each : batch) {
            List<io.millrace.core.records.RecordHeader> headers = new ArrayList<>();
            for (Header header : each.headers()) {
                byte[] value = header.value();
                headers.add(new io.millrace.core.records.RecordHeader(
                        header.key(), value == null ? null : ByteBuffer.wrap(value)));
            }
            records.add(new LogRecord(each.offset(), each.timestamp(), each.key(), each.value(), headers));
        }
        return records;
    }

    static org.apache.kafka.common.compress.Compression codec(Compression compression) {
        return org.apache.kafka.common.compress.Compression.of(CompressionType.forId(compression.id()))
                .build();
    }

    private static Header[] headers(LogRecord sample) {
        return sample.headers().stream()
                .map(header -> new RecordHeader(Samples.utf8(header.key()), copy(header.value())))
                .toArray(Header[]::new);
    }

    /** Kafka's builder moves positions. */
    private static @Nullable ByteBuffer copy(@Nullable ByteBuffer bytes) {
        return bytes == null ? null : bytes.duplicate();
    }
}
