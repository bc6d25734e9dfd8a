package io.millrace.history.check;

import io.millrace.history.Outcome;
import io.millrace.history.Promise;
import io.millrace.history.Writes;

/** A write that can still be changed, to plant faults. Its value is its index in the draft. */
final class DraftWrite {
    final int value;
    final int producer;
    final int partition;
    final Promise promise;
    int attempts = 1;
    long invoked;
    long ended = Writes.NEVER;
    Outcome outcome = Outcome.UNKNOWN;
    long offset = Writes.NO_OFFSET;

    DraftWrite(int value, int producer, int partition, Promise promise, long invoked) {
        this.value = value;
        this.producer = producer;
        this.partition = partition;
        this.promise = promise;
        this.invoked = invoked;
    }

    boolean isOpen() {
        return ended == Writes.NEVER;
    }

    boolean isKept() {
        return outcome == Outcome.OK && promise == Promise.DURABLE;
    }

    void end(Outcome how, long at, long nanos) {
        outcome = how;
        offset = at;
        ended = nanos;
    }
}
