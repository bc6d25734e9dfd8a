package io.millrace.gateway.read;

import java.time.Duration;
import java.time.Instant;

/** Where to start reading. */
public sealed interface StartPoint {
    /** The first record that is still there. */
    record Earliest() implements StartPoint {}

    /** Behind the last committed record. */
    record Latest() implements StartPoint {}

    /** This offset, in each partition. */
    record AtOffset(long offset) implements StartPoint {}

    /** So many records before the end of each partition. */
    record Last(long count) implements StartPoint {}

    /** The first record at or after this time, in each partition; the end where there is none. */
    record AtTime(Instant time) implements StartPoint {}

    /** The first record at or after this long ago. */
    record Ago(Duration age) implements StartPoint {}
}
