package io.millrace.broker.replication.leader;

import io.millrace.core.metadata.Durability;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.List;

/**
 * What a leadership is based on, taken from the cluster picture.
 *
 * @param leader this broker
 * @param partitionEpoch of the record that the picture shows: a wish to change the in-sync set is based on it
 * @param replicas broker ids, the leader among them
 * @param inSyncReplicas broker ids, the leader among them
 * @param durability what makes a record of this topic count as written
 */
public record LeaderTerm(
        TopicId topicId,
        TopicPartition partition,
        int leader,
        int leaderEpoch,
        int partitionEpoch,
        List<Integer> replicas,
        List<Integer> inSyncReplicas,
        int minInSyncReplicas,
        Durability durability) {
    public LeaderTerm {
        replicas = List.copyOf(replicas);
        inSyncReplicas = List.copyOf(inSyncReplicas);
    }

    boolean hasEnoughInSync() {
        return inSyncReplicas.size() >= minInSyncReplicas;
    }
}
