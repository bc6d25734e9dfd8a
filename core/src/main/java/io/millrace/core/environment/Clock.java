package io.millrace.core.environment;

/** Time, which only drivers read: domain code is handed the time as an argument. */
public interface Clock {
    /** Monotonic nanoseconds from an arbitrary origin: for durations, leases and deadlines. */
    long nanoTime();

    /** Wall-clock milliseconds since the epoch: for timestamps that people and records carry; it may jump. */
    long wallMillis();
}
