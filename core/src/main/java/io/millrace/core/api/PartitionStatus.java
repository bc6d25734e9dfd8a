package io.millrace.core.api;

/**
 * The state of a partition at its leader.
 *
 * @param logStartOffset the first offset served
 * @param highWatermark the first offset not yet committed
 * @param lastStableOffset the limit for READ_COMMITTED
 * @param logEndOffset the offset that the next record gets
 * @param sizeBytes of the log files
 */
public record PartitionStatus(
        long logStartOffset, long highWatermark, long lastStableOffset, long logEndOffset, long sizeBytes) {}
