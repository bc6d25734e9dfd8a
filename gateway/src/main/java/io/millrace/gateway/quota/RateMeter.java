package io.millrace.gateway.quota;

import java.util.Arrays;

/**
 * A rate over a sliding window (KIP-13, KIP-124). A window counts as its whole length from the beginning, so that a burst after silence
 * passes. Whoever has done more than the limit waits for as long as a longer window would need to bring the rate down, as in Kafka, so
 * that he goes on, slowly, before the window has forgotten a burst; who may not do something waits until he may.
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
        long nanos = nanosUntilRoom(nanosFor(amount, limit), limit, nowNanos);
        if (nanos == 0) {
            add(amount, limit, nowNanos);
        }
        return nanos;
    }

    /** How long until the window has room for an amount that the limit needs that time for, sample by sample. */
    private long nanosUntilRoom(double neededNanos, double limit, long nowNanos) {
        long present = numberOf(nowNanos);
        for (long number = present; ; number++) {
            double noted = totalIn(number);
            double missing = nanosFor(noted, limit) + neededNanos - (amounts.length - 1) * sampleNanos;
            long from = Math.max(0, number * sampleNanos - nowNanos);
            long at = noted <= 0 ? from : Math.max(from, number * sampleNanos + (long) Math.ceil(missing) - nowNanos);
            if (noted <= 0 || numberOf(nowNanos + at) == number) {
                return at;
            }
        }
    }

    @Override
    long excess(double limit, long nowNanos) {
        long elapsed = (amounts.length - 1) * sampleNanos + Math.floorMod(nowNanos, sampleNanos);
        double needed = nanosFor(totalIn(numberOf(nowNanos)), limit);
        return Math.max(0, (long) Math.ceil(needed - elapsed));
    }

    /** What has been noted in the window of which that sample is the last. */
    private double totalIn(long number) {
        long oldest = Math.max(newest, number) - amounts.length + 1;
        double total = 0;
        for (int i = 0; i < amounts.length; i++) {
            if (numbers[i] >= oldest) {
                total += amounts[i];
            }
        }
        return total;
    }

    private long numberOf(long nanos) {
        return Math.floorDiv(nanos, sampleNanos);
    }
}
