package io.millrace.cli.consume;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.millrace.cli.format.Timestamps;
import io.millrace.cli.session.CommandFailure;
import io.millrace.cli.session.Durations;
import io.millrace.v1.StartPoint;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Which part of a log to read, as people write it: `start`, `end`, an offset, `-10` for the last ten of each partition, `@-1h`,
 * `@2026-11-22T10:00:00Z` or `@1795341600000` (milliseconds); with `:end` behind it, up to the end as it is now, and `:end` alone
 * from the start.
 */
record ReadRange(StartPoint start, boolean untilEnd) {
    private static final String END_MARK = ":end";

    static ReadRange parse(String text) {
        boolean untilEnd = text.endsWith(END_MARK);
        String start = untilEnd ? text.substring(0, text.length() - END_MARK.length()) : text;
        return new ReadRange(start(start.isEmpty() && untilEnd ? "start" : start, text), untilEnd);
    }

    private static StartPoint start(String start, String whole) {
        StartPoint.Builder point = StartPoint.newBuilder();
        switch (start) {
            case "start", "earliest", "beginning" -> point.setEdge(StartPoint.Edge.EDGE_EARLIEST);
            case "end", "latest" -> point.setEdge(StartPoint.Edge.EDGE_LATEST);
            default -> {
                if (start.startsWith("@-")) {
                    point.setAgo(ago(start.substring(2)));
                } else if (start.startsWith("@")) {
                    point.setTimestamp(time(start.substring(1), whole));
                } else if (start.startsWith("-")) {
                    point.setLast(number(start.substring(1), whole));
                } else {
                    point.setOffset(number(start, whole));
                }
            }
        }
        return point.build();
    }

    private static Duration ago(String text) {
        java.time.Duration age = Durations.parse(text);
        return Duration.newBuilder()
                .setSeconds(age.getSeconds())
                .setNanos(age.getNano())
                .build();
    }

    private static Timestamp time(String text, String whole) {
        try {
            boolean millis = text.matches("\\d{1,18}");
            return Timestamps.of(
                    millis
                            ? Instant.ofEpochMilli(Long.parseLong(text))
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            throw notARange(whole);
        }
    }

    private static long number(String text, String whole) {
        if (!text.matches("\\d{1,18}")) {
            throw notARange(whole);
        }
        return Long.parseLong(text);
    }

    private static CommandFailure notARange(String text) {
        return CommandFailure.usage("\"" + text
                + "\" is no place to start: say start, end, an offset, -10, @-1h, @2026-11-22T10:00:00Z, with :end behind it to"
                + " stop at the end.");
    }
}
