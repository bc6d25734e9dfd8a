package io.millrace.gateway.produce;

import io.millrace.core.records.RecordHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A record as its producer sends it.
 *
 * @param key from position to limit, or null
 * @param value from position to limit, or null for a tombstone
 * @param partition where it must go; otherwise the hash of the key decides, or the partitioner when there is no key
 * @param timestampMillis the event's own time; otherwise the gateway's clock
 */
public record NewRecord(
        @Nullable ByteBuffer key,
        @Nullable ByteBuffer value,
        List<RecordHeader> headers,
        OptionalInt partition,
        OptionalLong timestampMillis) {}
