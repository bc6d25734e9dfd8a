package io.millrace.core.environment.live;

import io.millrace.core.environment.Randomness;
import java.security.SecureRandom;
import java.util.UUID;

/** Chance that nobody can guess. Safe for all threads. */
public final class SecureRandomness implements Randomness {
    private final SecureRandom random = new SecureRandom();

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
        return UUID.randomUUID();
    }
}
