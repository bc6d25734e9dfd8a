package io.millrace.core.api;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic to create.
 *
 * @param partitionCount 1 or more, or {@link #DEFAULT} for the number of assignments, or without any for the cluster's
 *     default
 * @param replicationFactor 1 or more, or {@link #DEFAULT} for the length of the assignments, or without any for the
 *     cluster's default
 * @param configs overrides by Kafka's config names
 * @param validateOnly checks everything and changes nothing
 * @param assignments empty when the controller places the replicas; else the broker ids of each partition, in order, the
 *     preferred leader first, and the counts are {@link #DEFAULT} or agree with it
 */
public record CreateTopicRequest(
        String name,
        int partitionCount,
        int replicationFactor,
        Map<String, String> configs,
        boolean validateOnly,
        List<List<Integer>> assignments) {
    /** Leaves a number to the cluster. */
    public static final int DEFAULT = -1;

    public CreateTopicRequest {
        configs = Collections.unmodifiableMap(new TreeMap<>(configs));
        assignments = assignments.stream().map(List::copyOf).toList();
    }

    /** A topic whose replicas the controller places. */
    public CreateTopicRequest(
            String name, int partitionCount, int replicationFactor, Map<String, String> configs, boolean validateOnly) {
        this(name, partitionCount, replicationFactor, configs, validateOnly, List.of());
    }
}
