package io.millrace.history;

/** One operation of a history, laid out for a reader of findings; rules read the columns instead. */
public sealed interface Operation permits Write, Poll {
    Partition partition();

    long invokedNanos();

    /** When its outcome was known; {@link Writes#NEVER} when that did not happen. */
    long endedNanos();
}
