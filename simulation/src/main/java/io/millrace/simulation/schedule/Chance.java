package io.millrace.simulation.schedule;

import io.millrace.core.environment.Randomness;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Numbers that a seed decides, the same in every JVM: SplitMix64 (Steele, Lea and Flood, 2014). Each use has a stream of its
 * own, so that what is drawn for one does not change what another gets.
 */
public final class Chance implements Randomness {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long state;

    public Chance(long seed) {
        this.seed = seed;
        this.state = mix(seed);
    }

    /** The stream for that purpose: it depends on the seed and the name only, not on what was drawn before. */
    public Chance fork(String purpose) {
        long hash = seed;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash + GOLDEN_GAMMA + purpose.charAt(i));
        }
        return new Chance(hash);
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    @Override
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }

    /** A number from 0 (inclusive) to the bound (exclusive); the bias is below what any run could show. */
    public long nextLong(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("There is no number from 0 up to " + bound);
        }
        return Math.unsignedMultiplyHigh(nextLong(), bound);
    }

    @Override
    public UUID nextUuid() {
        // Version 4, variant 2, as RFC 9562 wants a random one.
        long high = (nextLong() & ~0xF000L) | 0x4000L;
        long low = (nextLong() & ~(0xC000L << 48)) | (0x8000L << 48);
        return new UUID(high, low);
    }

    /** True once in so many times. */
    public boolean oneIn(int times) {
        return nextInt(times) == 0;
    }

    /** Nanoseconds from the first (inclusive) to the second (inclusive). */
    public long nanosBetween(Duration least, Duration most) {
        return between(least.toNanos(), most.toNanos());
    }

    /** A duration from the first (inclusive) to the second (inclusive). */
    public Duration between(Duration least, Duration most) {
        return Duration.ofNanos(nanosBetween(least, most));
    }

    /** A number from the first (inclusive) to the second (inclusive). */
    public long between(long least, long most) {
        return least + nextLong(most - least + 1);
    }

    /** One of the list, which must not be empty. */
    public <T> T pick(List<T> from) {
        return from.get(nextInt(from.size()));
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
