package io.millrace.rpc.wire;

import java.time.Duration;

/** Durations in milliseconds, as every message of the contract has them. */
final class Durations {
    private Durations() {}

    /** Rounds up, so that a short wait does not become none; centuries become the longest that the message can say. */
    static long millis(Duration duration) {
        if (duration.compareTo(Duration.ofMillis(Long.MAX_VALUE)) >= 0) {
            return Long.MAX_VALUE;
        }
        return duration.isNegative() ? -1 : duration.plusNanos(999_999).toMillis();
    }
}
