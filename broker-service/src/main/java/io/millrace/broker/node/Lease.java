package io.millrace.broker.node;

import io.millrace.core.api.Refusal;
import org.jspecify.annotations.Nullable;

/** This broker's leave to take writes, as it knows it. */
sealed interface Lease {
    /** Why no write is taken, or null when it is. */
    @Nullable
    Refusal closedBecause(long nowNanos);

    /** No leave, for this reason. */
    record None(Refusal why) implements Lease {
        @Override
        public Refusal closedBecause(long nowNanos) {
            return why;
        }
    }

    /** Leave until this moment of the monotonic clock, counted from when the heartbeat was sent. */
    record Until(long deadlineNanos) implements Lease {
        @Override
        public @Nullable Refusal closedBecause(long nowNanos) {
            return deadlineNanos - nowNanos > 0
                    ? null
                    : new Refusal.ControllerNotAvailable(
                            "The broker's lease has run out: the controller has not answered a heartbeat in time.");
        }
    }
}
