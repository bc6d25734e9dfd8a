package io.millrace.cli.log;

import com.google.protobuf.ByteString;
import io.millrace.cli.format.Timestamps;
import io.millrace.cli.format.TypedData;
import io.millrace.cli.log.LogScan.Found;
import io.millrace.core.model.TimestampType;
import io.millrace.core.records.Compression;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordBatch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What there is to say about batches and records, by name. */
final class BatchFacts {
    private BatchFacts() {}

    static Map<String, Object> of(Found found) {
        RecordBatch batch = found.batch();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("position", found.position());
        facts.put("size_bytes", batch.sizeInBytes());
        facts.put("base_offset", batch.baseOffset());
        facts.put("last_offset", batch.lastOffset());
        facts.put("record_count", batch.recordCount());
        facts.put("compression", codec(batch));
        facts.put("leader_epoch", batch.leaderEpoch());
        facts.put("timestamp_type", batch.timestampType() == TimestampType.LOG_APPEND_TIME ? "append" : "create");
        facts.put("base_timestamp", Timestamps.text(Instant.ofEpochMilli(batch.baseTimestamp())));
        facts.put("max_timestamp", Timestamps.text(Instant.ofEpochMilli(batch.maxTimestamp())));
        facts.put("producer_id", batch.producerId());
        facts.put("producer_epoch", batch.producerEpoch());
        facts.put("base_sequence", batch.baseSequence());
        facts.put("transactional", batch.isTransactional());
        facts.put("control", batch.isControl());
        facts.put("crc_valid", batch.crcHolds());
        return facts;
    }

    static Map<String, Object> of(LogRecord entry, Function<ByteString, Map<String, Object>> typed) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("offset", entry.offset());
        facts.put("timestamp", Timestamps.text(Instant.ofEpochMilli(entry.timestampMillis())));
        facts.put("key", data(entry.key(), typed));
        facts.put("value", data(entry.value(), typed));
        facts.put(
                "headers",
                entry.headers().stream()
                        .map(header -> TypedData.header(header.key(), bytes(header.value())))
                        .toList());
        return facts;
    }

    static String codec(RecordBatch batch) {
        return Compression.forId(batch.compressionId())
                .map(codec -> codec.name().toLowerCase(Locale.ROOT))
                .orElse("?" + batch.compressionId());
    }

    private static @Nullable Object data(@Nullable ByteBuffer buffer, Function<ByteString, Map<String, Object>> typed) {
        ByteString bytes = bytes(buffer);
        return bytes == null ? null : typed.apply(bytes);
    }

    private static @Nullable ByteString bytes(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : ByteString.copyFrom(buffer.duplicate());
    }
}
