package io.millrace.broker.partitions;

import io.millrace.core.api.Refusal;

/** A follower that a leading partition serves. Called on the partition's event loop only; must be quick. */
public interface ReplicaLink {
    /** The follower. */
    int brokerId();

    /** Of the incarnation that follows. */
    long brokerEpoch();

    /** Of two links of the same follower the one with the greater number counts. */
    long sessionNumber();

    /** There may be records for it now. */
    void logEndMoved();

    /** The high watermark or the log start has moved. */
    void progressMoved();

    /** The partition serves it no more. */
    void dismissed(Refusal why);
}
