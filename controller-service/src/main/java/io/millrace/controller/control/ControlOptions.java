package io.millrace.controller.control;

import java.time.Duration;

/**
 * Defaults and limits of the cluster.
 *
 * @param partitionCountDefault partitions of a topic whose creator does not care
 * @param replicationFactorDefault replicas of a topic whose creator does not care, as far as there are brokers and as
 *     that many are allowed
 * @param replicationFactorMax replicas that a partition may have
 * @param minInsyncReplicasDefault value of min.insync.replicas that a topic of several replicas gets when its creator
 *     names none, at most its replication factor
 * @param partitionsPerTopicMax partitions that a topic may have
 * @param partitionsMax partitions that the cluster may have
 * @param topicsMax topics that the cluster may have
 * @param liveness how life and death are told apart
 * @param leaderImbalance how preferred replicas get their lead back
 */
public record ControlOptions(
        int partitionCountDefault,
        int replicationFactorDefault,
        int replicationFactorMax,
        int minInsyncReplicasDefault,
        int partitionsPerTopicMax,
        int partitionsMax,
        int topicsMax,
        Liveness liveness,
        LeaderImbalance leaderImbalance) {
    /**
     * Times after which something is dead.
     *
     * @param brokerLease silence after which a broker is fenced
     * @param disconnectGrace how long a broker whose connection has broken may stay silent before it is fenced
     * @param tick how often the controller looks at the time, at least
     * @param tombstoneGrace how long the tombstone of a deleted topic stays at least
     * @param commandWaitMax how long a command waits for its answer while the log does not write
     */
    public record Liveness(
            Duration brokerLease,
            Duration disconnectGrace,
            Duration tick,
            Duration tombstoneGrace,
            Duration commandWaitMax) {
        /** How often there must be a look at the time for none of the others to be missed by much. */
        public Duration lookEvery() {
            return tick.compareTo(disconnectGrace) < 0 ? tick : disconnectGrace;
        }
    }

    /**
     * How preferred replicas get their lead back.
     *
     * @param rebalance whether they do without being asked to
     * @param checkInterval how often the controller looks for partitions that another replica leads. Kafka looks every five
     *     minutes; here a broker that was started again is to carry its share soon, and one that dies again and again still
     *     moves each leader only twice a minute
     * @param partitionsAtOnceMax partitions whose lead one decision gives back; other commands have their turn between two
     */
    public record LeaderImbalance(boolean rebalance, Duration checkInterval, int partitionsAtOnceMax) {}

    /** The defaults of the product. */
    public static final ControlOptions DEFAULTS = new ControlOptions(
            1,
            3,
            32,
            2,
            10_000,
            200_000,
            20_000,
            new Liveness(
                    Duration.ofSeconds(9),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofHours(1),
                    Duration.ofSeconds(5)),
            new LeaderImbalance(true, Duration.ofSeconds(30), 1_000));
}
