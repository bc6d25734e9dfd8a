package io.millrace.broker.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.broker.node.BrokerNode;
import io.millrace.core.api.LogDirectoryStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gauges of the log directories, for threads that may wait a moment, as those of a scrape may. */
final class DirectoryGauges {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryGauges.class);

    /** The gauges of one scrape share one answer. */
    private static final Duration SCRAPE = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BrokerNode node;
    private List<LogDirectoryStatus> latest = List.of();
    private long askedNanos = System.nanoTime() - SCRAPE.toNanos();

    DirectoryGauges(BrokerNode node) {
        this.node = node;
    }

    void bindTo(MeterRegistry registry, List<Path> directories) {
        for (Path directory : directories) {
            bind(registry, directory, "millrace.log.size.bytes", "Bytes of all logs", status ->
                    (double) status.logBytes());
            bind(registry, directory, "millrace.log.directory.usable.bytes", "Bytes left", status ->
                    (double) status.usableBytes());
            bind(registry, directory, "millrace.broker.partitions", "Partitions", LogDirectoryStatus::partitionCount);
            bind(
                    registry,
                    directory,
                    "millrace.log.directory.failed",
                    "1 once it has failed",
                    status -> status.failure() == null ? 0 : 1);
        }
        all(
                registry,
                "kafka.server.replicamanager.partitioncount",
                "Partitions on this broker, those that it does not lead included",
                LogDirectoryStatus::partitionCount);
        all(
                registry,
                "kafka.server.replicamanager.offlinereplicacount",
                "Partitions on this broker whose log directory has failed",
                status -> status.failure() == null ? 0 : status.partitionCount());
        all(
                registry,
                "kafka.log.logmanager.offlinelogdirectorycount",
                "Log directories that have failed",
                status -> status.failure() == null ? 0 : 1);
        Gauge.builder("millrace.broker.append.in.flight", node, BrokerNode::appendBytesInFlight)
                .description("Bytes of batches that are not yet answered")
                .baseUnit("bytes")
                .register(registry);
    }

    private void bind(
            MeterRegistry registry,
            Path directory,
            String name,
            String description,
            ToDoubleFunction<LogDirectoryStatus> value) {
        Gauge.builder(name, () -> look(directory, value))
                .description(description)
                .tag("directory", directory.toString())
                .register(registry);
    }

    private void all(
            MeterRegistry registry, String name, String description, ToDoubleFunction<LogDirectoryStatus> value) {
        Gauge.builder(name, () -> fresh().stream().mapToDouble(value).sum())
                .description(description)
                .register(registry);
    }

    private double look(Path directory, ToDoubleFunction<LogDirectoryStatus> value) {
        return fresh().stream()
                .filter(status -> status.path().equals(directory.toString()))
                .mapToDouble(value)
                .sum();
    }

    /** What the broker says now, asked once for all gauges of a scrape; what it said last when it is slow to answer. */
    private synchronized List<LogDirectoryStatus> fresh() {
        if (System.nanoTime() - askedNanos < SCRAPE.toNanos()) {
            return latest;
        }
        try {
            latest = node.logDirectories().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The broker does not tell the state of its log directories", e);
        }
        askedNanos = System.nanoTime();
        return latest;
    }
}
