package io.millrace.core.api;

import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.List;

/**
 * A request to read.
 *
 * @param minBytes answer as soon as so many bytes are there in all parts together; 0 answers at once
 * @param maxBytes at most so many bytes in all parts together, except that the first batch found always comes whole
 * @param maxWait how long to wait for minBytes
 */
public record FetchRequest(
        List<Part> parts, int minBytes, int maxBytes, Duration maxWait, IsolationLevel isolationLevel) {
    public FetchRequest {
        parts = List.copyOf(parts);
    }

    /**
     * What to read of one partition.
     *
     * @param expectedLeaderEpoch the epoch that the sender's picture shows, or {@link AppendRequest#ANY_EPOCH}
     * @param offset of the first record wanted
     * @param maxBytes at most so many bytes, except for a first batch that is larger
     */
    public record Part(TopicPartition partition, int expectedLeaderEpoch, long offset, int maxBytes) {}
}
