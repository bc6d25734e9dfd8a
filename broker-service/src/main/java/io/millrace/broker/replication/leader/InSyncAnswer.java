package io.millrace.broker.replication.leader;

/** What the controller has said to a wish to change the in-sync set. */
public enum InSyncAnswer {
    /** It was committed, or the record has changed in another way: the picture will show it. */
    WAIT_FOR_PICTURE,
    /** It was not committed, and never will be. */
    REFUSED,
    /** It was refused, but it was sent before without an answer, and that one may be committed yet. */
    REFUSED_AFTER_SILENCE
}
