package io.millrace.broker.storage;

import io.millrace.broker.log.PendingSync;

/** One round of a {@link GroupCommit}. May be called from any thread. */
public interface CommitRound {
    /**
     * Syncs on another thread.
     *
     * @param bytes that this covers, for the statistics
     * @param appends that this covers, for the statistics
     * @param ended is called on that thread afterwards; when the sync has failed, so has the log directory by then
     */
    void run(PendingSync sync, long bytes, int appends, Runnable ended);

    /** There is nothing to sync (any more). */
    void skip();
}
