package io.millrace.gateway.read;

import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import java.util.Optional;

/**
 * The edges of a partition when a page was read.
 *
 * @param logStartOffset the first offset that is still there, or -1 when a problem hides it
 * @param lastStableOffset the limit for READ_COMMITTED, or -1
 * @param highWatermark the first offset that is not yet committed, or -1
 * @param problem why nothing could be read of this partition for the moment, although others could be read
 */
public record PartitionEdges(
        TopicPartition partition,
        long logStartOffset,
        long lastStableOffset,
        long highWatermark,
        Optional<Refusal> problem) {}
