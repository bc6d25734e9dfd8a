package io.millrace.broker.app;

import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.node.BrokerOptions;
import io.millrace.broker.node.LeadingOptions;
import io.millrace.broker.scrub.ScrubOptions;
import io.millrace.core.model.Endpoint;
import io.millrace.rpc.wire.Endpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How a broker is set up.
 *
 * @param id 0 or more, fixed for a set of log directories
 * @param rack where the broker stands, when that matters for placing replicas
 * @param logDirectories where partition logs lie; several on several disks
 * @param host the address to listen on for other processes of the cluster
 * @param port to listen on for them, or 0 for any free one
 * @param advertisedHost the name under which other processes reach this one
 * @param advertisedPort the port under which they reach it, or 0 for the one it listens on
 * @param eventLoops threads among which partitions are dealt out
 * @param syncThreads files that are synced at a time
 * @param fileThreads logs that are opened or closed at a time
 * @param appendInFlight batches held in memory that are not yet answered; beyond it appends are refused
 * @param heartbeatInterval between two heartbeats to the controller
 * @param predecessorTimeout how long a start waits for a process that is registered under the same id to be held for dead:
 *     the lease that controllers grant, and somewhat more
 * @param retentionInterval between two looks at what retention allows to drop
 * @param deletionGrace between the deletion of a topic and that of its files
 * @param replicaCheckpointInterval between two times that it is written down what each replica holds for certain: after a
 *     crash a broker finds the loss of what was written down, and never notices that of what came behind it
 * @param replicaLagTimeMax how long a follower may lack something of what this broker leads and stay in sync
 * @param replicaSessionWindow records that may be on their way to a follower, given to it and not yet answered
 * @param scrubRate bytes that are read each second, at most, to look for damage in logs; 0 switches it off
 * @param scrubInterval from the beginning of one look through all logs to that of the next, at least
 * @param producerExpiration time without a batch after which an idempotent producer is forgotten in a partition, and what
 *     it repeats is not recognised any more (Kafka's producer.id.expiration.ms)
 * @param producersPerPartitionMax idempotent producers that a partition remembers; who was idle longest is forgotten first
 * @param handOverTimeout how long a stop waits for the controller to take over the partitions
 * @param stopTimeout how long a stop waits for logs to be flushed and closed
 */
@ConfigurationProperties("millrace.broker")
public record BrokerProperties(
        @DefaultValue("0") int id,
        @Nullable String rack,
        @DefaultValue("data/logs") List<Path> logDirectories,
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("19092") int port,
        @DefaultValue("localhost") String advertisedHost,
        @DefaultValue("0") int advertisedPort,
        @DefaultValue("2") int eventLoops,
        @DefaultValue("8") int syncThreads,
        @DefaultValue("4") int fileThreads,
        @DefaultValue("64MB") DataSize appendInFlight,
        @DefaultValue("1s") Duration heartbeatInterval,
        @DefaultValue("12s") Duration predecessorTimeout,
        @DefaultValue("5m") Duration retentionInterval,
        @DefaultValue("1m") Duration deletionGrace,
        @DefaultValue("5s") Duration replicaCheckpointInterval,
        @DefaultValue("10s") Duration replicaLagTimeMax,
        @DefaultValue("16MB") DataSize replicaSessionWindow,
        @DefaultValue("4MB") DataSize scrubRate,
        @DefaultValue("7d") Duration scrubInterval,
        @DefaultValue("1d") Duration producerExpiration,
        @DefaultValue("10000") int producersPerPartitionMax,
        @DefaultValue("3s") Duration handOverTimeout,
        @DefaultValue("1m") Duration stopTimeout) {
    private static final int THREADS_MAX = 256;
    private static final int PORT_MAX = 65_535;

    public BrokerProperties {
        logDirectories = List.copyOf(logDirectories);
        require(id >= 0, "id");
        require(!logDirectories.isEmpty(), "log-directories");
        require(!host.isBlank(), "host");
        require(port >= 0 && port <= PORT_MAX, "port");
        require(Endpoints.isHost(advertisedHost), "advertised-host");
        require(advertisedPort >= 0 && advertisedPort <= PORT_MAX, "advertised-port");
        require(eventLoops >= 1 && eventLoops <= THREADS_MAX, "event-loops");
        require(syncThreads >= 1 && syncThreads <= THREADS_MAX, "sync-threads");
        require(fileThreads >= 1 && fileThreads <= THREADS_MAX, "file-threads");
        require(appendInFlight.toMegabytes() >= 1, "append-in-flight");
        require(heartbeatInterval.isPositive(), "heartbeat-interval");
        require(!predecessorTimeout.isNegative(), "predecessor-timeout");
        require(retentionInterval.isPositive(), "retention-interval");
        require(!deletionGrace.isNegative(), "deletion-grace");
        require(replicaCheckpointInterval.isPositive(), "replica-checkpoint-interval");
        require(replicaLagTimeMax.isPositive(), "replica-lag-time-max");
        require(replicaSessionWindow.toMegabytes() >= 1, "replica-session-window");
        require(!scrubRate.isNegative(), "scrub-rate");
        require(!scrubInterval.isNegative(), "scrub-interval");
        require(producerExpiration.isPositive(), "producer-expiration");
        require(producersPerPartitionMax >= 1, "producers-per-partition-max");
        require(!handOverTimeout.isNegative(), "hand-over-timeout");
        require(stopTimeout.isPositive(), "stop-timeout");
    }

    /** Where other processes reach a broker that listens on that port. */
    Endpoint endpoint(int boundPort) {
        return new Endpoint(Endpoint.INTERNAL, advertisedHost, advertisedPort == 0 ? boundPort : advertisedPort);
    }

    /** The same for the domain. */
    BrokerOptions options() {
        return new BrokerOptions(
                id,
                rack,
                logDirectories.stream()
                        .map(path -> path.toAbsolutePath().normalize())
                        .toList(),
                appendInFlight.toBytes(),
                heartbeatInterval,
                predecessorTimeout,
                retentionInterval,
                deletionGrace,
                replicaCheckpointInterval,
                new LeadingOptions(replicaLagTimeMax, replicaSessionWindow.toBytes()),
                new ScrubOptions(scrubRate.toBytes(), scrubInterval, ScrubOptions.DEFAULTS.sliceBytes()),
                new ProducerLimits(producerExpiration.toMillis(), producersPerPartitionMax));
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.broker." + name + " is out of its range");
        }
    }
}
