package io.millrace.broker.app;

import io.millrace.broker.node.BrokerOptions;
import io.millrace.core.model.Endpoint;
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
 * @param advertisedHost the name under which other processes reach this one
 * @param eventLoops threads among which partitions are dealt out
 * @param syncThreads files that are synced at a time
 * @param fileThreads logs that are opened or closed at a time
 * @param appendInFlight batches held in memory that are not yet answered; beyond it appends are refused
 * @param heartbeatInterval between two heartbeats to the controller
 * @param retentionInterval between two looks at what retention allows to drop
 * @param deletionGrace between the deletion of a topic and that of its files
 * @param handOverTimeout how long a stop waits for the controller to take over the partitions
 * @param stopTimeout how long a stop waits for logs to be flushed and closed
 */
@ConfigurationProperties("millrace.broker")
public record BrokerProperties(
        @DefaultValue("0") int id,
        @Nullable String rack,
        @DefaultValue("data/logs") List<Path> logDirectories,
        @DefaultValue("localhost") String advertisedHost,
        @DefaultValue("2") int eventLoops,
        @DefaultValue("8") int syncThreads,
        @DefaultValue("4") int fileThreads,
        @DefaultValue("64MB") DataSize appendInFlight,
        @DefaultValue("1s") Duration heartbeatInterval,
        @DefaultValue("5m") Duration retentionInterval,
        @DefaultValue("1m") Duration deletionGrace,
        @DefaultValue("3s") Duration handOverTimeout,
        @DefaultValue("1m") Duration stopTimeout) {
    private static final int THREADS_MAX = 256;

    public BrokerProperties {
        logDirectories = List.copyOf(logDirectories);
        require(id >= 0, "id");
        require(!logDirectories.isEmpty(), "log-directories");
        require(!advertisedHost.isBlank(), "advertised-host");
        require(eventLoops >= 1 && eventLoops <= THREADS_MAX, "event-loops");
        require(syncThreads >= 1 && syncThreads <= THREADS_MAX, "sync-threads");
        require(fileThreads >= 1 && fileThreads <= THREADS_MAX, "file-threads");
        require(appendInFlight.toMegabytes() >= 1, "append-in-flight");
        require(heartbeatInterval.isPositive(), "heartbeat-interval");
        require(retentionInterval.isPositive(), "retention-interval");
        require(!deletionGrace.isNegative(), "deletion-grace");
        require(!handOverTimeout.isNegative(), "hand-over-timeout");
        require(stopTimeout.isPositive(), "stop-timeout");
    }

    /** The same for the domain; without a network listener so far, because only this process asks its broker. */
    BrokerOptions options() {
        return new BrokerOptions(
                id,
                rack,
                List.of(new Endpoint("internal", advertisedHost, 0)),
                logDirectories.stream()
                        .map(path -> path.toAbsolutePath().normalize())
                        .toList(),
                appendInFlight.toBytes(),
                heartbeatInterval,
                retentionInterval,
                deletionGrace);
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.broker." + name + " is out of its range");
        }
    }
}
