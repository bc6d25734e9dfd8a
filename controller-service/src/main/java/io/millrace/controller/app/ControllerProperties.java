package io.millrace.controller.app;

import io.millrace.controller.control.ControlOptions;
import io.millrace.core.statemachine.LogMember;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a controller process.
 *
 * @param id of this controller process, different from that of every other one of the cluster, the same after a restart
 * @param host address on which brokers, gateways and other controllers are served
 * @param port on which they are served; 0 means any free one
 * @param advertisedHost the name under which they reach this process
 * @param advertisedPort the port under which they reach this process; 0 means the one that it listens on
 * @param topics defaults and limits of topics
 * @param liveness times after which something is dead
 * @param leaderImbalance how preferred replicas get their lead back
 */
@ConfigurationProperties("millrace.controller")
public record ControllerProperties(
        @DefaultValue("0") String id,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("19093") int port,
        @DefaultValue("localhost") String advertisedHost,
        @DefaultValue("0") int advertisedPort,
        @DefaultValue Topics topics,
        @DefaultValue Liveness liveness,
        @DefaultValue LeaderImbalance leaderImbalance) {
    private static final int PORT_MAX = 65_535;

    public ControllerProperties {
        require(!id.isBlank(), "millrace.controller.id must not be empty");
        require(!host.isBlank(), "millrace.controller.host must not be empty");
        require(port >= 0 && port <= PORT_MAX, "millrace.controller.port must be 0 to " + PORT_MAX);
        require(!advertisedHost.isBlank(), "millrace.controller.advertised-host must not be empty");
        require(
                advertisedPort >= 0 && advertisedPort <= PORT_MAX,
                "millrace.controller.advertised-port must be 0 to " + PORT_MAX);
    }

    /**
     * Defaults and limits of topics; see {@link ControlOptions}.
     *
     * @param partitionsDefault partitions of a topic whose creator does not care
     * @param replicationFactorDefault replicas of a topic whose creator does not care, as far as there are brokers and as
     *     that many are allowed
     * @param replicationFactorMax replicas that a partition may have
     * @param minInsyncReplicasDefault min.insync.replicas of a topic of several replicas whose creator names none
     * @param partitionsPerTopicMax partitions that a topic may have
     * @param partitionsMax partitions that the cluster may have
     * @param topicsMax topics that the cluster may have: their znodes must fit into one answer of ZooKeeper
     */
    public record Topics(
            @DefaultValue("1") int partitionsDefault,
            @DefaultValue("3") int replicationFactorDefault,
            @DefaultValue("32") int replicationFactorMax,
            @DefaultValue("2") int minInsyncReplicasDefault,
            @DefaultValue("10000") int partitionsPerTopicMax,
            @DefaultValue("200000") int partitionsMax,
            @DefaultValue("20000") int topicsMax) {
        /** Names of topic ids, 26 bytes each, that fit into an answer of 1 MiB. */
        private static final int TOPICS_MAX_MAX = 40_000;

        public Topics {
            require(
                    partitionsDefault >= 1 && partitionsDefault <= partitionsPerTopicMax,
                    "millrace.controller.topics.partitions-default must be 1 to partitions-per-topic-max");
            require(
                    replicationFactorDefault >= 1 && replicationFactorMax >= 1 && minInsyncReplicasDefault >= 1,
                    "millrace.controller.topics.replication-factor-default, replication-factor-max and"
                            + " min-insync-replicas-default must be 1 or more");
            require(
                    partitionsPerTopicMax <= partitionsMax,
                    "millrace.controller.topics.partitions-per-topic-max must be at most partitions-max");
            require(
                    topicsMax >= 1 && topicsMax <= TOPICS_MAX_MAX,
                    "millrace.controller.topics.topics-max must be 1 to " + TOPICS_MAX_MAX);
        }
    }

    /**
     * Times after which something is dead.
     *
     * @param brokerLease silence after which a broker is fenced
     * @param disconnectGrace how long a broker whose connection has broken may stay silent before it is fenced
     * @param tick how often the controller looks at the time
     * @param tombstoneGrace how long the tombstone of a deleted topic stays at least
     * @param commandWaitMax how long a command waits for its answer while ZooKeeper does not write
     */
    public record Liveness(
            @DefaultValue("9s") Duration brokerLease,
            @DefaultValue("500ms") Duration disconnectGrace,
            @DefaultValue("1s") Duration tick,
            @DefaultValue("1h") Duration tombstoneGrace,
            @DefaultValue("5s") Duration commandWaitMax) {
        public Liveness {
            require(tick.toMillis() >= 1, "millrace.controller.liveness.tick must be 1 ms or more");
            require(
                    brokerLease.compareTo(tick.multipliedBy(3)) >= 0,
                    "millrace.controller.liveness.broker-lease must be at least three ticks");
            require(disconnectGrace.isPositive(), "millrace.controller.liveness.disconnect-grace must be more than 0");
            require(!tombstoneGrace.isNegative(), "millrace.controller.liveness.tombstone-grace must not be negative");
            require(commandWaitMax.isPositive(), "millrace.controller.liveness.command-wait-max must be more than 0");
        }
    }

    /**
     * How preferred replicas get their lead back; see {@link ControlOptions.LeaderImbalance}.
     *
     * @param rebalance whether they do without being asked to
     * @param checkInterval how often the controller looks for partitions that another replica leads
     * @param partitionsAtOnceMax partitions whose lead one decision gives back
     */
    public record LeaderImbalance(
            @DefaultValue("true") boolean rebalance,
            @DefaultValue("30s") Duration checkInterval,
            @DefaultValue("1000") int partitionsAtOnceMax) {
        public LeaderImbalance {
            require(
                    checkInterval.toMillis() >= 1,
                    "millrace.controller.leader-imbalance.check-interval must be 1 ms or more");
            require(
                    partitionsAtOnceMax >= 1,
                    "millrace.controller.leader-imbalance.partitions-at-once-max must be 1 or more");
        }
    }

    ControlOptions options() {
        return new ControlOptions(
                topics.partitionsDefault(),
                topics.replicationFactorDefault(),
                topics.replicationFactorMax(),
                topics.minInsyncReplicasDefault(),
                topics.partitionsPerTopicMax(),
                topics.partitionsMax(),
                topics.topicsMax(),
                new ControlOptions.Liveness(
                        liveness.brokerLease(),
                        liveness.disconnectGrace(),
                        liveness.tick(),
                        liveness.tombstoneGrace(),
                        liveness.commandWaitMax()),
                new ControlOptions.LeaderImbalance(
                        leaderImbalance.rebalance(),
                        leaderImbalance.checkInterval(),
                        leaderImbalance.partitionsAtOnceMax()));
    }

    /**
     * This process, as the others are told of it.
     *
     * @param listeningOn the port on which it serves them, or 0 when it serves its own process only
     */
    LogMember member(int listeningOn) {
        boolean asItListens = listeningOn == 0 || advertisedPort == 0;
        return new LogMember(memberId(), advertisedHost, asItListens ? listeningOn : advertisedPort);
    }

    /** How this process names itself to others. */
    String memberId() {
        return "controller-" + id;
    }

    static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
