package io.millrace.broker.partitions;

import io.millrace.core.api.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Says whether this broker may take writes at all. Asked when an append arrives, again when its turn has come, and once more
 * before it is acknowledged: a process that was paused in between may have lost its leave. Safe for all threads.
 */
public interface WriteGate {
    /** Why not, or null when it may. */
    @Nullable
    Refusal closedBecause(long nowNanos);
}
