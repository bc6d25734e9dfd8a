package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Operation;

/** What made a record known, in one long: the acknowledgement of a write (its value) or a poll (the complement of its id). */
final class Evidence {
    private Evidence() {}

    static long ofWrite(long value) {
        return value;
    }

    static long ofPoll(int poll) {
        return ~(long) poll;
    }

    static Operation operation(History history, long evidence) {
        return evidence >= 0 ? history.write(evidence) : history.poll((int) ~evidence);
    }
}
