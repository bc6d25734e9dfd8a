package io.millrace.broker.node;

import io.millrace.core.api.Refusal;
import java.time.Duration;
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

    /**
     * Leave for a while.
     *
     * @param sentAtNanos when the heartbeat was sent that brought it, on the monotonic clock
     * @param deadlineNanos when it ends, on the same clock
     */
    record Until(int brokerId, long sentAtNanos, long deadlineNanos) implements Lease {
        @Override
        public @Nullable Refusal closedBecause(long nowNanos) {
            return deadlineNanos - nowNanos > 0
                    ? null
                    : new Refusal.ControllerNotAvailable("Broker " + brokerId
                            + " takes no writes: its lease ran out " + millis(nowNanos - deadlineNanos)
                            + " ms ago, because the controller has answered no heartbeat of the last "
                            + millis(nowNanos - sentAtNanos) + " ms. Reads go on.");
        }

        private static long millis(long nanos) {
            return Duration.ofNanos(nanos).toMillis();
        }
    }
}
