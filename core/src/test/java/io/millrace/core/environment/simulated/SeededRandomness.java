package io.millrace.core.environment.simulated;

import io.millrace.core.environment.Randomness;
import java.util.Random;
import java.util.UUID;

/** The same chance for the same seed, in every JVM. */
public final class SeededRandomness implements Randomness {
    private final Random random;

    public SeededRandomness(long seed) {
        random = new Random(seed);
    }

    @Override
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public UUID nextUuid() {
        // Version 4, variant 2, as RFC 9562 wants a random one.
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(0xC000L << 48)) | (0x8000L << 48);
        return new UUID(high, low);
    }
}
