package io.millrace.core.api;

import io.millrace.core.model.TopicPartition;
import java.util.List;
import java.util.Optional;

/**
 * A wish to have replicas elsewhere, or to cancel such a wish (KIP-455).
 *
 * @param bytesPerSecond how much each broker that adds replicas takes in for them at most, or
 *     {@link io.millrace.core.metadata.Reassignment#UNLIMITED}
 */
public record ReassignPartitionsRequest(List<Part> parts, long bytesPerSecond) {
    public ReassignPartitionsRequest {
        parts = List.copyOf(parts);
    }

    /**
     * The wish for one partition.
     *
     * @param target the brokers that shall hold it, the preferred leader first; empty to cancel what is under way
     */
    public record Part(TopicPartition partition, Optional<List<Integer>> target) {
        public Part {
            target = target.map(List::copyOf);
        }
    }
}
