package io.millrace.core.api;

import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * A request to append.
 *
 * @param timeout how long to wait for the acknowledgement; after it the outcome is TimedOut, but the append may stand
 */
public record AppendRequest(List<Part> parts, Acks acks, Duration timeout) {
    public AppendRequest {
        parts = List.copyOf(parts);
    }

    /**
     * What one partition shall take.
     *
     * @param expectedLeaderEpoch the epoch that the sender's picture shows, or {@link #ANY_EPOCH}
     * @param batch exactly one record batch (format v2), from position to limit; the broker writes offset and epoch into
     *     it, so it belongs to the broker until the future completes
     */
    public record Part(TopicPartition partition, int expectedLeaderEpoch, ByteBuffer batch) {}

    /** Says that the sender does not care which epoch takes the batch. */
    public static final int ANY_EPOCH = -1;
}
