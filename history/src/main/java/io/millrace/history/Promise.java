package io.millrace.history;

/** What the acknowledgement of a write was to mean. */
public enum Promise {
    /** An acknowledged write is never lost and never moves (acks=all, with durable storage). */
    DURABLE,
    /** An acknowledged write may be lost after a failure, and another record may then take its offset (acks 0 and 1). */
    BEST_EFFORT
}
