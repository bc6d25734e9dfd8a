package io.millrace.core.metadata;

import io.millrace.core.model.TopicId;
import java.util.List;

/**
 * Who serves a partition. Changes only by a committed record of the controller.
 *
 * @param replicas broker ids, the preferred leader first
 * @param inSyncReplicas broker ids, a subset of the replicas, never empty
 * @param leader a broker id, or {@link #NO_LEADER}
 * @param leaderEpoch goes up by one with every change of the leader; starts at 0
 * @param partitionEpoch goes up by one with every change of this record; a change names the epoch that it is based on
 */
public record PartitionImage(
        TopicId topicId,
        int partition,
        List<Integer> replicas,
        List<Integer> inSyncReplicas,
        int leader,
        int leaderEpoch,
        int partitionEpoch)
        implements MetadataRecord {
    /** The leader of a partition that nobody can lead now. */
    public static final int NO_LEADER = -1;

    public PartitionImage {
        replicas = List.copyOf(replicas);
        inSyncReplicas = List.copyOf(inSyncReplicas);
    }

    @Override
    public MetadataKey key() {
        return new MetadataKey.Partition(topicId, partition);
    }
}
