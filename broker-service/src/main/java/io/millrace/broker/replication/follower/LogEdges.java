package io.millrace.broker.replication.follower;

import io.millrace.core.api.ReplicaPull;

/**
 * What a follower must know of its log.
 *
 * @param end the offset that the next record gets
 * @param durableEnd records before this offset survive a loss of power
 * @param lastEpoch leader epoch of the last batch, or {@link ReplicaPull#NO_EPOCH}
 */
public record LogEdges(long start, long end, long durableEnd, int lastEpoch) {
    boolean isEmpty() {
        return start == end;
    }
}
