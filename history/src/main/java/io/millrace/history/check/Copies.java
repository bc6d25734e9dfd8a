package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Outcome;
import io.millrace.history.Retrying;
import io.millrace.history.Writes;

/** How many copies of a write a log may hold. */
final class Copies {
    private Copies() {}

    /** One for each attempt that was acknowledged or whose fate is unknown; one at most for an idempotent producer. */
    static int legal(History history, long value) {
        Writes writes = history.writes();
        int attempts = writes.attempts(value) - (writes.outcome(value) == Outcome.FAILED ? 1 : 0);
        boolean idempotent = history.producers().get(writes.producer(value)).retrying() == Retrying.IDEMPOTENT;
        return idempotent ? Math.min(1, attempts) : attempts;
    }
}
