package io.millrace.gateway.quota;

/**
 * What fills evenly up to a window's worth and is taken in pieces (KIP-599): a piece is given as long as there is anything, so one may
 * leave a debt, and then nothing is given before that is paid.
 */
final class TokenBucket extends QuotaMeter {
    private final QuotaWindow window;
    private double tokens = Double.MAX_VALUE;
    private long filledNanos;

    TokenBucket(QuotaWindow window, long nowNanos) {
        super(nowNanos);
        this.window = window;
        this.filledNanos = nowNanos;
    }

    @Override
    void add(double amount, double limit, long nowNanos) {
        fill(limit, nowNanos);
        tokens = Math.min(window.burstAt(limit), tokens - amount);
    }

    @Override
    long tryAdd(double amount, double limit, long nowNanos) {
        long debt = excess(limit, nowNanos);
        if (debt == 0) {
            add(amount, limit, nowNanos);
        }
        return debt;
    }

    @Override
    long excess(double limit, long nowNanos) {
        fill(limit, nowNanos);
        return (long) Math.ceil(nanosFor(Math.max(0, -tokens), limit));
    }

    private void fill(double limit, long nowNanos) {
        double gained = Math.max(0, nowNanos - filledNanos) / nanosFor(1, limit);
        filledNanos = Math.max(filledNanos, nowNanos);
        tokens = Math.min(window.burstAt(limit), tokens + gained);
    }
}
