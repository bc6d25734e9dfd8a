package io.millrace.core.api;

import io.millrace.core.model.TopicId;
import java.util.List;

/**
 * A broker's confession about replicas of its own: they are not what the picture says, so they must not lead.
 *
 * @param brokerEpoch of its registration; an earlier one is refused
 */
public record WithdrawReplicasRequest(int brokerId, long brokerEpoch, Reason reason, List<Part> parts) {
    public WithdrawReplicasRequest {
        parts = List.copyOf(parts);
    }

    /** Why replicas are withdrawn. */
    public enum Reason {
        /**
         * They lack records that they must hold: they count as empty, and leave the in-sync set and eligibility even when
         * nobody is left who could lead.
         */
        AMNESIA,
        /**
         * A range of the log is damaged: another replica shall lead if one can, else this one serves what is whole. Of a
         * replica that nobody counts on the record gets another epoch, as a leader may have asked to count on it just now.
         */
        DAMAGED,
        /** Their directory has failed: another replica shall lead if one can, else the partition waits for this one. */
        STORAGE_FAILED
    }

    /** A partition of which the broker withdraws its replica. */
    public record Part(TopicId topicId, int partition) {}
}
