package io.millrace.gateway.read;

import io.millrace.core.model.IsolationLevel;
import java.time.Duration;
import java.util.Optional;

/**
 * A page to read.
 *
 * @param cursor where to start, and of which partitions
 * @param maxRecords 1 or more records in the page
 * @param maxBytes 1 or more bytes of keys, values and headers in the page; a first record always comes, however large
 * @param maxWait 0 or more: how long to wait for a first record that passes the filter
 * @param end where to stop, by partition: nothing at or behind it is returned
 */
public record ReadRequest(
        Cursor cursor,
        int maxRecords,
        long maxBytes,
        Duration maxWait,
        IsolationLevel isolation,
        RecordFilter filter,
        Optional<Cursor> end) {
    /** A page without an end. */
    public ReadRequest(
            Cursor cursor,
            int maxRecords,
            long maxBytes,
            Duration maxWait,
            IsolationLevel isolation,
            RecordFilter filter) {
        this(cursor, maxRecords, maxBytes, maxWait, isolation, filter, Optional.empty());
    }
}
