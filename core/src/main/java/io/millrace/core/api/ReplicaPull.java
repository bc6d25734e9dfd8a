package io.millrace.core.api;

import io.millrace.core.model.TopicId;
import java.util.List;

/**
 * Where a follower stands in some of its partitions.
 *
 * @param controllerEpoch of the latest picture that the follower has: a leader whose own is of an earlier controller has
 *     been deposed perhaps and does not know it yet, so it counts nothing for the in-sync set before it has caught up
 * @param positions in the order of the follower's wishes
 */
public record ReplicaPull(int controllerEpoch, List<Position> positions) {
    public ReplicaPull {
        positions = List.copyOf(positions);
    }

    /**
     * Where it stands in one partition. It replaces what the session said of the partition before.
     *
     * @param leaderEpoch that the follower follows; the leader refuses any but its own
     * @param fetchOffset the follower's log end: the offset that it wants next
     * @param lastFetchedEpoch leader epoch of the last batch before that offset, or {@link #NO_EPOCH} (KIP-595)
     * @param durableEnd up to where the follower has what counts as stored: synced, or for durability=page-cache written
     * @param wants what the leader shall do
     */
    public record Position(
            TopicId topicId,
            int partition,
            int leaderEpoch,
            long fetchOffset,
            int lastFetchedEpoch,
            long durableEnd,
            Wants wants) {}

    /** What a follower wants of its leader. */
    public enum Wants {
        /** Records from the fetch offset on, once, as soon as there are any. */
        RECORDS,
        /** Nothing: the position is news only. What was wanted before is still wanted. */
        NOTHING,
        /** The follower follows the partition no longer in this session. */
        TO_LEAVE
    }

    /** The follower's log is empty. */
    public static final int NO_EPOCH = -1;
}
