package io.millrace.broker.append;

import io.millrace.core.api.Refusal;
import org.jspecify.annotations.Nullable;

/** Says whether this broker may take writes at all. Safe for all threads. */
public interface WriteGate {
    /** Why not, or null when it may. */
    @Nullable
    Refusal closedBecause(long nowNanos);
}
