package io.millrace.core.api;

import io.millrace.core.model.TopicPartition;
import java.util.List;

/**
 * A wish for elections (KIP-183, KIP-460).
 *
 * @param partitions where; empty for every partition for which it makes a difference
 */
public record ElectLeadersRequest(Kind kind, List<TopicPartition> partitions) {
    public ElectLeadersRequest {
        partitions = List.copyOf(partitions);
    }

    /** Which election. */
    public enum Kind {
        /** The first replica leads, if it is in sync and alive. */
        PREFERRED,
        /**
         * A partition without a leader is led by a living replica that may lack acknowledged records: those are lost. Only
         * ever by command, or where the topic allows it.
         */
        UNCLEAN
    }
}
