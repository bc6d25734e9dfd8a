package io.millrace.controller.control;

/** The options of a cluster whose topics may have several replicas. */
public final class ReplicatedTopics {
    public static final ControlOptions OPTIONS = allowed(ControlOptions.DEFAULTS);

    private ReplicatedTopics() {}

    private static ControlOptions allowed(ControlOptions defaults) {
        return new ControlOptions(
                defaults.partitionCountDefault(),
                defaults.replicationFactorDefault(),
                defaults.partitionsMax(),
                defaults.minInsyncReplicasDefault(),
                defaults.partitionsPerTopicMax(),
                defaults.partitionsMax(),
                defaults.topicsMax(),
                defaults.liveness(),
                defaults.leaderImbalance());
    }
}
