package io.millrace.core.api;

import java.util.List;

/**
 * A topic to widen.
 *
 * @param partitionCount the new total, greater than the present one; or {@link #BY_ASSIGNMENTS}
 * @param validateOnly checks everything and changes nothing
 * @param assignments empty when the controller places the replicas; else the broker ids of each partition that is added, in
 *     order, the preferred leader first
 */
public record AddPartitionsRequest(
        String topic, int partitionCount, boolean validateOnly, List<List<Integer>> assignments) {
    /** As many more as there are assignments. */
    public static final int BY_ASSIGNMENTS = -1;

    public AddPartitionsRequest {
        assignments = assignments.stream().map(List::copyOf).toList();
    }

    /** Partitions whose replicas the controller places. */
    public AddPartitionsRequest(String topic, int partitionCount, boolean validateOnly) {
        this(topic, partitionCount, validateOnly, List.of());
    }
}
