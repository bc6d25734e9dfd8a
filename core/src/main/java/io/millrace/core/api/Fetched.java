package io.millrace.core.api;

/**
 * What was read of one partition.
 *
 * @param records batches, the first of which holds the offset asked for (it may begin before it); the last may be cut off
 *     and is then to be ignored, except that the first is always whole. Empty when there is nothing yet.
 * @param logStartOffset the first offset of the partition
 * @param highWatermark the first offset that is not yet committed
 * @param lastStableOffset the first offset of the earliest open transaction, at most the high watermark
 */
public record Fetched(RecordsSlice records, long logStartOffset, long highWatermark, long lastStableOffset) {}
