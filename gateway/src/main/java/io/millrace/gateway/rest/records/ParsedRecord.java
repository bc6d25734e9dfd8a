package io.millrace.gateway.rest.records;

import io.millrace.gateway.produce.NewRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record out of a request, with what its report repeats.
 *
 * @param id of an entry of a batch, or null
 * @param key null when the record has none
 * @param value null for a tombstone
 */
public record ParsedRecord(
        @Nullable String id,
        @Nullable TypedData key,
        @Nullable TypedData value,
        NewRecord record) {}
