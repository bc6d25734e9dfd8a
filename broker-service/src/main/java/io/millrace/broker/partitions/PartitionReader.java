package io.millrace.broker.partitions;

import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;

/** Someone who reads a partition from an offset on and may wait there. Called on the partition's event loop only. */
public interface PartitionReader {
    /** The epoch that the reader's picture shows, or {@link io.millrace.core.api.AppendRequest#ANY_EPOCH}. */
    int expectedLeaderEpoch();

    /** Whether a follower will do, which knows a moment later than its leader what is committed (KIP-392). */
    boolean takesFollower();

    /** Of the first record wanted. */
    long offset();

    /** At most so many bytes, except for a first batch that is larger. */
    int maxBytes();

    /** What there is now: at first, and again whenever the limit has moved or the partition is no longer served. */
    void found(Outcome<Fetched> outcome);
}
