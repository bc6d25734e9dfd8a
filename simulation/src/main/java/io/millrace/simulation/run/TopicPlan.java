package io.millrace.simulation.run;

import java.util.Map;
import java.util.TreeMap;

/** A topic that a run begins with. */
public record TopicPlan(String name, int partitions, int replicas, Map<String, String> configs) {
    public TopicPlan {
        configs = new TreeMap<>(configs);
    }

    /** The same with one config more. */
    public TopicPlan with(String config, String value) {
        Map<String, String> more = new TreeMap<>(configs);
        more.put(config, value);
        return new TopicPlan(name, partitions, replicas, more);
    }
}
