package io.millrace.core.environment;

import java.time.Duration;

/**
 * A queue of tasks that one thread at a time runs in the order of their posting. State confined to a loop needs no
 * lock. Tasks must not block for long: what waits (fsync, a remote answer) is done elsewhere and posts its result.
 */
public interface EventLoop {
    /** Runs the task after all tasks posted before it. May be called from any thread. */
    void post(Runnable task);

    /** Posts the task once the delay has passed. May be called from any thread. */
    Timer schedule(Duration delay, Runnable task);

    /** Says whether the caller runs on this loop. */
    boolean isCurrent();

    /** A scheduled task. */
    interface Timer {
        /** Forgets the task if it has not run yet; harmless otherwise. */
        void cancel();
    }
}
