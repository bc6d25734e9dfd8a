package io.millrace.broker.replication.follower;

import io.millrace.core.metadata.Reassignment;
import java.time.Duration;

/**
 * What a broker takes in for replicas that a reassignment adds to it: a token bucket of one second, which goes into debt for
 * what has come in already. Safe for all threads: the partitions share it.
 */
public final class ReassignmentThrottle {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private double tokens; // bytes; negative while there is a debt; guarded by this
    private long countedAtNanos; // guarded by this
    private boolean used; // guarded by this

    /**
     * So many bytes have come in for a replica; returns how long it is not to ask for more.
     *
     * @param bytesPerSecond of all such replicas together, or {@link Reassignment#UNLIMITED}, which is not counted
     */
    public synchronized Duration take(long bytes, long bytesPerSecond, long nowNanos) {
        if (bytesPerSecond == Reassignment.UNLIMITED) {
            return Duration.ZERO;
        }
        double rate = (double) Math.max(1, bytesPerSecond);
        double fresh = used ? rate * Math.max(0, nowNanos - countedAtNanos) / NANOS_PER_SECOND : rate;
        used = true;
        countedAtNanos = nowNanos;
        tokens = Math.min(rate, tokens + fresh) - bytes;
        return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens / rate * NANOS_PER_SECOND));
    }
}
