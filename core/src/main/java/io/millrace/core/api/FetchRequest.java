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
 * @param servedBy whose records will do
 */
public record FetchRequest(
        List<Part> parts,
        int minBytes,
        int maxBytes,
        Duration maxWait,
        IsolationLevel isolationLevel,
        ServedBy servedBy) {
    public FetchRequest {
        parts = List.copyOf(parts);
    }

    /** A request to the leaders. */
    public FetchRequest(List<Part> parts, int minBytes, int maxBytes, Duration maxWait, IsolationLevel isolationLevel) {
        this(parts, minBytes, maxBytes, maxWait, isolationLevel, ServedBy.LEADER);
    }

    /** The same to the leaders. */
    public FetchRequest fromLeaders() {
        return servedBy == ServedBy.LEADER
                ? this
                : new FetchRequest(parts, minBytes, maxBytes, maxWait, isolationLevel, ServedBy.LEADER);
    }

    /** Who may serve records. All serve committed ones only. */
    public enum ServedBy {
        /** The leader and nobody else. */
        LEADER,
        /**
         * Any replica (KIP-392). A follower knows a moment later than the leader what is committed, and refuses with
         * OffsetOutOfRange what lies outside of its log; whoever is refused asks the leader.
         */
        ANY_REPLICA
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
