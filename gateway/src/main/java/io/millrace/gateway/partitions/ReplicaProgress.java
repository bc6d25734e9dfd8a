package io.millrace.gateway.partitions;

import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.ReplicaStatus;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica is that is being added.
 *
 * @param figures null when the leader gave no answer
 */
public record ReplicaProgress(
        int brokerId, boolean inSync, @Nullable Figures figures) {
    /**
     * How much of the leader's log it has.
     *
     * @param logEndOffset -1 when the leader has not heard of it
     * @param bytesDone as much of the leader's log files as it has of the records: an estimate
     */
    public record Figures(long logEndOffset, long recordsDone, long recordsTotal, long bytesDone, long bytesTotal) {
        static Figures of(PartitionStatus leader, long logEndOffset) {
            long total = leader.logEndOffset() - leader.logStartOffset();
            long done = Math.clamp(logEndOffset - leader.logStartOffset(), 0, Math.max(0, total));
            double share = total <= 0 ? 1 : (double) done / total;
            return new Figures(logEndOffset, done, total, Math.round(share * leader.sizeBytes()), leader.sizeBytes());
        }
    }

    /** Of all replicas that are being added, in their order. */
    public static List<ReplicaProgress> of(PartitionImage partition, Optional<PartitionStatus> status) {
        Reassignment reassignment = partition.reassignment();
        List<Integer> adding = reassignment == null ? List.of() : reassignment.adding();
        return adding.stream()
                .map(broker -> new ReplicaProgress(
                        broker,
                        partition.inSyncReplicas().contains(broker),
                        status.map(leader -> Figures.of(leader, endOf(leader, broker)))
                                .orElse(null)))
                .toList();
    }

    /** Who shall keep the partition in the end. */
    public static List<Integer> target(PartitionImage partition) {
        Reassignment reassignment = partition.reassignment();
        return partition.replicas().stream()
                .filter(broker ->
                        reassignment == null || !reassignment.removing().contains(broker))
                .toList();
    }

    private static long endOf(PartitionStatus leader, int broker) {
        return leader.replicas().stream()
                .filter(replica -> replica.brokerId() == broker)
                .mapToLong(ReplicaStatus::logEndOffset)
                .findFirst()
                .orElse(-1);
    }
}
