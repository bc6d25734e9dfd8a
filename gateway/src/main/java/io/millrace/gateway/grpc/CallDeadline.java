package io.millrace.gateway.grpc;

import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long the client of the current call still waits. */
final class CallDeadline {
    private CallDeadline() {}

    /** The time until the current call's deadline, but at most so long. To be asked on the thread that serves the call. */
    static Duration within(Duration most) {
        Deadline deadline = Context.current().getDeadline();
        if (deadline == null) {
            return most;
        }
        long nanos = Math.max(deadline.timeRemaining(TimeUnit.NANOSECONDS), 0);
        return nanos < most.toNanos() ? Duration.ofNanos(nanos) : most;
    }
}
