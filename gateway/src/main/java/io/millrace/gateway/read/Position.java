package io.millrace.gateway.read;

import io.millrace.core.model.TopicPartition;

/**
 * The next offset to read in a partition.
 *
 * @param offset 0 or more
 * @param leaderEpoch of the record before it as it was read, or {@link #NO_EPOCH}; it tells a log that was truncated
 */
public record Position(TopicPartition partition, long offset, int leaderEpoch) {
    /** No record has been read yet. */
    public static final int NO_EPOCH = -1;
}
