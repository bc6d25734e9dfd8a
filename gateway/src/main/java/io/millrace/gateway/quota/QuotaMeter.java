package io.millrace.gateway.quota;

/**
 * Meters what those who share a quota do. Times are monotonic nanoseconds, limits are amounts per second. Safe for all threads: the
 * network loops share meters, and what is done under a meter's lock is a few additions.
 */
abstract class QuotaMeter {
    private static final double NANOS_PER_SECOND = 1e9;

    private long usedNanos;

    QuotaMeter(long nowNanos) {
        this.usedNanos = nowNanos;
    }

    /** Notes an amount that is done; returns for how many nanoseconds whoever did it has to wait, 0 within the limit. */
    final synchronized long record(double amount, double limit, long nowNanos) {
        usedNanos = nowNanos;
        add(amount, limit, nowNanos);
        return excess(limit, nowNanos);
    }

    /** Notes an amount that may be done, and returns 0; or notes nothing and returns the nanoseconds to wait. */
    final synchronized long tryRecord(double amount, double limit, long nowNanos) {
        usedNanos = nowNanos;
        return tryAdd(amount, limit, nowNanos);
    }

    /** How many nanoseconds there are to wait now. */
    final synchronized long throttleNanos(double limit, long nowNanos) {
        return excess(limit, nowNanos);
    }

    final synchronized void touch(long nowNanos) {
        usedNanos = nowNanos;
    }

    final synchronized boolean isIdle(long nowNanos, long idleNanos) {
        return nowNanos - usedNanos > idleNanos;
    }

    abstract void add(double amount, double limit, long nowNanos);

    abstract long tryAdd(double amount, double limit, long nowNanos);

    abstract long excess(double limit, long nowNanos);

    /** The time in which a limit makes up for an amount. */
    static double nanosFor(double amount, double limit) {
        return amount / limit * NANOS_PER_SECOND;
    }
}
