package io.millrace.cli.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What one worker has counted, or all of them together. Confined to one thread at a time. */
final class Measurement {
    private static final long LATENCY_MAX_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram latencyMicros = new Histogram(LATENCY_MAX_MICROS, SIGNIFICANT_DIGITS);
    private long records;
    private long bytes;
    private long failures;
    private long lastNanos = Long.MIN_VALUE;
    private @Nullable String firstFailure;

    /** Counts what one request did. */
    void add(long records, long bytes, long nanos) {
        latencyMicros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LATENCY_MAX_MICROS));
        this.records += records;
        this.bytes += bytes;
        this.lastNanos = System.nanoTime();
    }

    void fail(String why) {
        failures++;
        if (firstFailure == null) {
            firstFailure = why;
        }
    }

    void add(Measurement other) {
        latencyMicros.add(other.latencyMicros);
        records += other.records;
        bytes += other.bytes;
        failures += other.failures;
        if (other.lastNanos != Long.MIN_VALUE) {
            lastNanos = lastNanos == Long.MIN_VALUE
                    ? other.lastNanos
                    : lastNanos + Math.max(0, other.lastNanos - lastNanos);
        }
        firstFailure = firstFailure == null ? other.firstFailure : firstFailure;
    }

    long records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    long failures() {
        return failures;
    }

    Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    /** From the given moment to the last thing counted. */
    double secondsSince(long nanos) {
        return lastNanos == Long.MIN_VALUE ? 0 : (lastNanos - nanos) / 1e9;
    }

    double latencyMillis(double percentile) {
        return latencyMicros.getValueAtPercentile(percentile) / 1e3;
    }

    double latencyMillisMax() {
        return latencyMicros.getMaxValue() / 1e3;
    }
}
