package io.millrace.core.metadata;

import io.millrace.core.model.TopicId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who serves a partition. Changes only by a committed record of the controller.
 *
 * @param replicas broker ids, the preferred leader first; while a reassignment is under way those to be removed come last
 * @param inSyncReplicas broker ids, a subset of the replicas, each of which holds every acknowledged record; empty when
 *     nobody is known to
 * @param eligibleReplicas broker ids outside the in-sync set that hold every acknowledged record all the same, because they
 *     left it when nothing could be acknowledged without them (KIP-966); empty while the in-sync set has
 *     min.insync.replicas members
 * @param leader a broker id, or {@link #NO_LEADER}
 * @param leaderEpoch goes up by one with every change of the leader; starts at 0
 * @param partitionEpoch goes up by one with every change of this record; a change names the epoch that it is based on
 * @param committedFloor an offset up to which records are committed: the leader's high watermark when it last asked for a
 *     change. A replica in sync or eligible whose log ends before it has lost something
 * @param reassignment the change of replicas under way, or null
 */
public record PartitionImage(
        TopicId topicId,
        int partition,
        List<Integer> replicas,
        List<Integer> inSyncReplicas,
        List<Integer> eligibleReplicas,
        int leader,
        int leaderEpoch,
        int partitionEpoch,
        long committedFloor,
        @Nullable Reassignment reassignment)
        implements MetadataRecord {
    /** The leader of a partition that nobody can lead now. */
    public static final int NO_LEADER = -1;

    public PartitionImage {
        replicas = List.copyOf(replicas);
        inSyncReplicas = List.copyOf(inSyncReplicas);
        eligibleReplicas = List.copyOf(eligibleReplicas);
    }

    /** A partition of which nothing more is known than who serves it. */
    public PartitionImage(
            TopicId topicId,
            int partition,
            List<Integer> replicas,
            List<Integer> inSyncReplicas,
            int leader,
            int leaderEpoch,
            int partitionEpoch) {
        this(topicId, partition, replicas, inSyncReplicas, List.of(), leader, leaderEpoch, partitionEpoch, 0, null);
    }

    @Override
    public MetadataKey key() {
        return new MetadataKey.Partition(topicId, partition);
    }

    /** The replicas that the partition has when its reassignment is done; all of them while none is under way. */
    public List<Integer> targetReplicas() {
        return reassignment == null
                ? replicas
                : replicas.subList(0, replicas.size() - reassignment.removing().size());
    }

    /** Whether the broker holds every acknowledged record, as far as the controller knows. */
    public boolean holdsAllCommitted(int brokerId) {
        return inSyncReplicas.contains(brokerId) || eligibleReplicas.contains(brokerId);
    }
}
