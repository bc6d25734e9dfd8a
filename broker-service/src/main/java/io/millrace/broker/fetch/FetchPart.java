package io.millrace.broker.fetch;

import io.millrace.broker.partitions.LocalPartition;
import io.millrace.broker.partitions.PartitionReader;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.EventLoop;
import java.util.function.Consumer;

/**
 * One part of a waiting fetch: it reads on its partition's loop and brings what it finds to the fetch's own loop, directly
 * when that is the same.
 */
final class FetchPart implements PartitionReader {
    private final LocalPartition partition;
    private final FetchRequest.Part part;
    private final int maxBytes;
    private final FetchRequest.ServedBy servedBy;
    private final EventLoop home;
    private final Consumer<Outcome<Fetched>> arrived;

    FetchPart(
            LocalPartition partition,
            FetchRequest.Part part,
            int maxBytes,
            FetchRequest.ServedBy servedBy,
            EventLoop home,
            Consumer<Outcome<Fetched>> arrived) {
        this.partition = partition;
        this.part = part;
        this.maxBytes = maxBytes;
        this.servedBy = servedBy;
        this.home = home;
        this.arrived = arrived;
    }

    LocalPartition partition() {
        return partition;
    }

    @Override
    public int expectedLeaderEpoch() {
        return part.expectedLeaderEpoch();
    }

    @Override
    public boolean takesFollower() {
        return servedBy == FetchRequest.ServedBy.ANY_REPLICA;
    }

    @Override
    public long offset() {
        return part.offset();
    }

    @Override
    public int maxBytes() {
        return maxBytes;
    }

    @Override
    public void found(Outcome<Fetched> outcome) {
        if (home.isCurrent()) {
            arrived.accept(outcome);
        } else {
            home.post(() -> arrived.accept(outcome));
        }
    }
}
