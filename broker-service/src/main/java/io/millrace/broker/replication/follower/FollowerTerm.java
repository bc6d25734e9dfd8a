package io.millrace.broker.replication.follower;

import io.millrace.core.metadata.Durability;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;

/**
 * Whom a follower follows, taken from the cluster picture.
 *
 * @param leader a broker id
 * @param durability what makes a record of this topic count as stored
 * @param bytesPerSecond how much this broker takes in at most for replicas that a reassignment adds to it, this one among
 *     them, or {@link io.millrace.core.metadata.Reassignment#UNLIMITED}
 */
public record FollowerTerm(
        TopicPartition partition,
        TopicId topicId,
        int leader,
        int leaderEpoch,
        Durability durability,
        long bytesPerSecond) {
    /** Whether this is the same leadership: only options differ, if anything. */
    public boolean continues(FollowerTerm other) {
        return leader == other.leader && leaderEpoch == other.leaderEpoch;
    }
}
