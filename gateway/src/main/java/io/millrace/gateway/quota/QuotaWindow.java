package io.millrace.gateway.quota;

import java.time.Duration;

/**
 * The time over which rates are observed: so many samples of that length, the present one among them (Kafka's quota.window.num and
 * quota.window.size.seconds).
 */
public record QuotaWindow(int samples, Duration sample) {
    /** Kafka's default. */
    public static final QuotaWindow DEFAULT = new QuotaWindow(11, Duration.ofSeconds(1));

    private static final double NANOS_PER_SECOND = 1e9;

    public QuotaWindow {
        if (samples < 2 || sample.isNegative() || sample.isZero()) {
            throw new IllegalArgumentException("A window has at least two samples of some length.");
        }
    }

    /** What may come within a window that is not over yet, at a limit per second. */
    public double amountAt(double limit) {
        return limit * (samples - 1) * sample.toNanos() / NANOS_PER_SECOND;
    }

    /** What may come at once after a long silence, at a limit per second. */
    double burstAt(double limit) {
        return limit * samples * sample.toNanos() / NANOS_PER_SECOND;
    }
}
