package io.millrace.gateway.quota;

/** A quota that holds for somebody, with the meter of all who share it. Times are monotonic nanoseconds. */
public final class MeteredQuota {
    private final QuotaMeter meter;
    private final double limit;

    MeteredQuota(QuotaMeter meter, double limit) {
        this.meter = meter;
        this.limit = limit;
    }

    /** The amount per second that is within it. */
    public double limit() {
        return limit;
    }

    /** Notes an amount that is done; returns for how many nanoseconds whoever did it has to wait, 0 within the limit. */
    public long record(double amount, long nowNanos) {
        return meter.record(amount, limit, nowNanos);
    }

    /** Notes an amount that may be done, and returns 0; or notes nothing and returns the nanoseconds to wait. */
    public long tryRecord(double amount, long nowNanos) {
        return meter.tryRecord(amount, limit, nowNanos);
    }

    /** How many nanoseconds there are to wait now. */
    public long throttleNanos(long nowNanos) {
        return meter.throttleNanos(limit, nowNanos);
    }
}
