package io.millrace.broker.node;

import io.millrace.broker.append.AppendObserver;
import io.millrace.broker.fetch.FetchObserver;
import io.millrace.broker.partitions.PartitionObserver;
import io.millrace.broker.replication.follower.LinkObserver;
import io.millrace.broker.scrub.ScrubObserver;
import io.millrace.broker.storage.StorageObserver;
import io.millrace.core.api.Refusal;

/** Hears what a broker does, on any thread. Must be quick and must not throw. */
public interface BrokerObserver
        extends AppendObserver, FetchObserver, PartitionObserver, StorageObserver, LinkObserver, ScrubObserver {
    /** Nobody listens. */
    BrokerObserver NONE = new BrokerObserver() {};

    /** Registered, with this epoch. */
    default void registered(String clusterId, long brokerEpoch) {}

    /** The controller did not take a registration or a heartbeat, or has answered none for longer than the lease. Told once. */
    default void notTaken(Refusal why) {}

    /** The controller did not make a change of an in-sync set that a leader asked for. */
    default void inSyncChangeFailed(Refusal why) {}

    /** Writes are taken from now on, or no longer. */
    default void serving(boolean mayWrite) {}

    /** Writes may be taken until this moment of the monotonic clock, unless the lease is renewed. */
    default void leased(long deadlineNanos) {}

    /** Everything that the picture of this version and those before it ask for is done. */
    default void carriedOut(long version) {}
}
