package io.millrace.broker.replication.follower;

import io.millrace.broker.log.epochs.EpochEnd;
import io.millrace.core.api.ReplicaPart;
import java.util.Optional;

/**
 * Up to where a follower's log can be a beginning of its leader's (KIP-279, KIP-595). The leader says where the largest of
 * its epochs ends that the follower could have; behind that end, and behind the end of the same or the next lower epoch in
 * the follower's own log, the two have nothing in common.
 */
final class DivergencePoint {
    private DivergencePoint() {}

    /**
     * The least upper bound that one answer gives; several may be needed until logs that parted more than once are one.
     *
     * @param ownEnd of the largest epoch of the follower's log that is at most the leader's
     */
    static long of(ReplicaPart.Diverging leader, Optional<EpochEnd> ownEnd, long ownStart) {
        return ownEnd.map(end -> Math.min(end.endOffset(), leader.endOffset()))
                .orElse(Math.min(ownStart, leader.endOffset()));
    }
}
