package io.millrace.core.api;

import java.util.List;

/**
 * The state of a partition at its leader.
 *
 * @param logStartOffset the first offset served
 * @param highWatermark the first offset not yet committed
 * @param lastStableOffset the limit for READ_COMMITTED
 * @param logEndOffset the offset that the next record gets
 * @param sizeBytes of the log files
 * @param replicas how far each is, the leader included, in the order of the picture
 */
public record PartitionStatus(
        long logStartOffset,
        long highWatermark,
        long lastStableOffset,
        long logEndOffset,
        long sizeBytes,
        List<ReplicaStatus> replicas) {
    public PartitionStatus {
        replicas = List.copyOf(replicas);
    }

    /** A partition of whose replicas nothing is told. */
    public PartitionStatus(
            long logStartOffset, long highWatermark, long lastStableOffset, long logEndOffset, long sizeBytes) {
        this(logStartOffset, highWatermark, lastStableOffset, logEndOffset, sizeBytes, List.of());
    }
}
