package io.millrace.core.environment;

import java.util.UUID;

/** The only source of chance, so that a simulation can replay it. */
public interface Randomness {
    /** A number from 0 (inclusive) to the bound (exclusive); the bound is at least 1. */
    int nextInt(int bound);

    /** Any of the 2^64 numbers. */
    long nextLong();

    /** A new identity; two draws never collide in practice. */
    UUID nextUuid();
}
