package io.millrace.broker.scrub;

import java.time.Duration;

/** When what is read next. Knows no clock; confined to the loop of its scrubber. */
final class ScrubPace {
    private static final double NANOS_PER_SECOND = 1e9;

    private final ScrubOptions options;
    private long passBeganNanos;
    private long nextSliceNanos;

    ScrubPace(ScrubOptions options) {
        this.options = options;
    }

    void passBegins(long nowNanos) {
        passBeganNanos = nowNanos;
        nextSliceNanos = nowNanos;
    }

    /** So many bytes were read. Returns how long to wait before the next ones; time lost before is not made up for. */
    Duration afterReading(long bytes, long startedNanos, long nowNanos) {
        long from = Math.max(nextSliceNanos, startedNanos);
        nextSliceNanos = from + (long) (bytes * NANOS_PER_SECOND / options.bytesPerSecond());
        return Duration.ofNanos(Math.max(0, nextSliceNanos - nowNanos));
    }

    /** A pass is over. Returns how long to wait before the next one: never nothing, as there may be nothing to read. */
    Duration untilNextPass(long nowNanos) {
        Duration rest = options.interval().minusNanos(nowNanos - passBeganNanos);
        Duration least = Duration.ofSeconds(1);
        return rest.compareTo(least) < 0 ? least : rest;
    }
}
