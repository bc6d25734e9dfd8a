package io.millrace.core.api;

import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import java.util.List;

/** A request for offsets. */
public record ListOffsetsRequest(List<Part> parts, IsolationLevel isolationLevel) {
    public ListOffsetsRequest {
        parts = List.copyOf(parts);
    }

    /** What to look for in one partition. */
    public record Part(TopicPartition partition, int expectedLeaderEpoch, Target target) {}

    /** An offset described. */
    public sealed interface Target {
        /** The log start offset. */
        record Earliest() implements Target {}

        /** The high watermark, or the last stable offset for READ_COMMITTED. */
        record Latest() implements Target {}

        /** The record with the greatest timestamp (KIP-734). */
        record MaxTimestamp() implements Target {}

        /** The first record whose timestamp is at least this. */
        record AtTimestamp(long timestampMillis) implements Target {}

        /**
         * Where the largest epoch of the log that is at most this one ends, with that epoch (KIP-101, KIP-279, KIP-320); the
         * log start offset, with this epoch, when the log has nothing so old.
         */
        record EndOfEpoch(int epoch) implements Target {}
    }
}
