package io.millrace.core.api;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Configs to change.
 *
 * @param set new values by Kafka's config names
 * @param reset names whose override ends, so that the default holds again
 * @param validateOnly checks everything and changes nothing
 */
public record AlterTopicConfigsRequest(
        String topic, Map<String, String> set, List<String> reset, boolean validateOnly) {
    public AlterTopicConfigsRequest {
        set = Collections.unmodifiableMap(new TreeMap<>(set));
        reset = List.copyOf(reset);
    }
}
