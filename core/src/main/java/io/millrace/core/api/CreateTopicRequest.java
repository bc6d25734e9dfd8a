package io.millrace.core.api;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic to create.
 *
 * @param partitionCount 1 or more, or {@link #DEFAULT} for the cluster's default
 * @param replicationFactor 1 or more, or {@link #DEFAULT} for the cluster's default
 * @param configs overrides by Kafka's config names
 * @param validateOnly checks everything and changes nothing
 */
public record CreateTopicRequest(
        String name, int partitionCount, int replicationFactor, Map<String, String> configs, boolean validateOnly) {
    /** Leaves a number to the cluster. */
    public static final int DEFAULT = -1;

    public CreateTopicRequest {
        configs = Collections.unmodifiableMap(new TreeMap<>(configs));
    }
}
