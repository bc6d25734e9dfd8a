package io.millrace.gateway.quota;

import java.util.Arrays;

/**
 * A rate over a sliding window (KIP-13, KIP-124): whoever is above the limit waits until it would be the limit again if nothing more
 * came. A window counts as its whole length from the beginning, so that a burst after silence passes.
 */
final class RateMeter extends QuotaMeter {
    private final long sampleNanos;
    private final double[] amounts;
    /** The number of the sample of which the amount at that place is. */
    private final long[] numbers;

    private long newest;

    RateMeter(QuotaWindow window, long nowNanos) {
        super(nowNanos);
        this.sampleNanos = window.sample().toNanos();
        this.amounts = new double[window.samples()];
        this.numbers = new long[window.samples()];
        this.newest = numberOf(nowNanos);
        Arrays.fill(numbers, newest);
    }

    @Override
    void add(double amount, double limit, long nowNanos) {
        // Another thread may have been here with a time that was read a moment later.
        newest = Math.max(newest, numberOf(nowNanos));
        int place = Math.floorMod(newest, amounts.length);
        if (numbers[place] != newest) {
            numbers[place] = newest;
            amounts[place] = 0;
        }
        amounts[place] += amount;
    }

    /** What alone is above the limit passes when nothing came before it: it never would otherwise. */
    @Override
    long tryAdd(double amount, double limit, long nowNanos) {
        double before = total(nowNanos);
        long nanos = before <= 0 ? 0 : nanosAbove(before + amount, limit, nowNanos);
        if (nanos == 0) {
            add(amount, limit, nowNanos);
        }
        return nanos;
    }

    @Override
    long excess(double limit, long nowNanos) {
        return nanosAbove(total(nowNanos), limit, nowNanos);
    }

    private double total(long nowNanos) {
        long oldest = Math.max(newest, numberOf(nowNanos)) - amounts.length + 1;
        double total = 0;
        for (int i = 0; i < amounts.length; i++) {
            if (numbers[i] >= oldest) {
                total += amounts[i];
            }
        }
        return total;
    }

    private long nanosAbove(double total, double limit, long nowNanos) {
        long elapsed = (amounts.length - 1) * sampleNanos + Math.floorMod(nowNanos, sampleNanos);
        return Math.max(0, (long) Math.ceil(nanosFor(total, limit) - elapsed));
    }

    private long numberOf(long nanos) {
        return Math.floorDiv(nanos, sampleNanos);
    }
}
