package io.millrace.core.records;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record as it stands in a batch.
 *
 * @param key from position to limit, or null; nobody moves the position
 * @param value from position to limit, or null for a tombstone; nobody moves the position
 */
public record LogRecord(
        long offset,
        long timestampMillis,
        @Nullable ByteBuffer key,
        @Nullable ByteBuffer value,
        List<RecordHeader> headers) {}
