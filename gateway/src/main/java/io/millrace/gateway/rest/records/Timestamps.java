package io.millrace.gateway.rest.records;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Timestamps as RFC 3339 in UTC with exactly three digits behind the second. */
public final class Timestamps {
    private static final int MILLIS_DIGITS = 3;
    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(MILLIS_DIGITS).toFormatter();

    private Timestamps() {}

    /** The text of a time in milliseconds since 1970. */
    public static String text(long millis) {
        return FORMAT.format(Instant.ofEpochMilli(millis));
    }
}
