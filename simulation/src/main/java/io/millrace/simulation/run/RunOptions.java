package io.millrace.simulation.run;

import io.millrace.core.metadata.TopicConfigs;
import io.millrace.simulation.cluster.ClusterOptions;
import io.millrace.simulation.fault.FaultOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run is about.
 *
 * @param safety how long things go wrong
 * @param liveness how long everything may take to come right afterwards
 */
public record RunOptions(
        ClusterOptions cluster, FaultOptions faults, List<TopicPlan> topics, Duration safety, Duration liveness) {
    /** Segments so small that every run rolls many. */
    private static final Map<String, String> SMALL_SEGMENTS = Map.of(
            TopicConfigs.SEGMENT_MS, "20000",
            TopicConfigs.INDEX_INTERVAL_BYTES, "512",
            TopicConfigs.SEGMENT_INDEX_BYTES, "96");

    /** Three copies, two of which must take each write. */
    public static final TopicPlan ORDERS =
            new TopicPlan("orders", 3, 3, SMALL_SEGMENTS).with(TopicConfigs.MIN_INSYNC_REPLICAS, "2");

    /** One copy. */
    public static final TopicPlan CLICKS = new TopicPlan("clicks", 1, 1, SMALL_SEGMENTS);

    /** A replicated topic, one without a second copy, and everything that both must survive. */
    public static final RunOptions DEFAULTS = new RunOptions(
            ClusterOptions.DEFAULTS,
            FaultOptions.harmless(),
            List.of(ORDERS, CLICKS),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2));

    /** Three copies of everything, and whatever may go wrong. */
    public static final RunOptions REPLICATED = new RunOptions(
            ClusterOptions.DEFAULTS, FaultOptions.all(), List.of(ORDERS), Duration.ofMinutes(2), Duration.ofMinutes(3));

    public RunOptions {
        topics = List.copyOf(topics);
    }

    /** The same with other faults. */
    public RunOptions with(FaultOptions other) {
        return new RunOptions(cluster, other, topics, safety, liveness);
    }

    /** The same for another time of faults. */
    public RunOptions with(Duration otherSafety) {
        return new RunOptions(cluster, faults, topics, otherSafety, liveness);
    }

    /** The same with other topics. */
    public RunOptions with(List<TopicPlan> other) {
        return new RunOptions(cluster, faults, other, safety, liveness);
    }

    /** The same with another cluster. */
    public RunOptions with(ClusterOptions other) {
        return new RunOptions(other, faults, topics, safety, liveness);
    }
}
