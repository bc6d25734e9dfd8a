package io.millrace.broker.replication.leader;

import io.millrace.core.metadata.Durability;
import io.millrace.core.model.TopicPartition;
import java.util.List;

/**
 * What a leadership is based on, taken from the cluster picture.
 *
 * @param leader this broker
 * @param inSyncReplicas broker ids, the leader among them
 * @param durability what makes a record of this topic count as written
 */
public record LeaderTerm(
        TopicPartition partition,
        int leader,
        int leaderEpoch,
        List<Integer> inSyncReplicas,
        int minInSyncReplicas,
        Durability durability) {
    public LeaderTerm {
        inSyncReplicas = List.copyOf(inSyncReplicas);
    }
}
