package io.millrace.broker.storage;

/** Something that has written to a log directory and wants it durable: a partition. */
public interface SyncTarget {
    /**
     * A commit round has begun. The target says what to sync by {@link CommitRound#run} or {@link CommitRound#skip},
     * exactly one of them, soon; so what was written until then is covered.
     */
    void startSync(CommitRound round);
}
