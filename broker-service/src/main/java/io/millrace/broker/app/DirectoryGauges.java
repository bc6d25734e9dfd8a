package io.millrace.broker.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.broker.node.BrokerNode;
import io.millrace.core.api.LogDirectoryStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** Gauges of the log directories. Each look shows the state of the look before and asks for a new one, so that none blocks. */
final class DirectoryGauges {
    private final BrokerNode node;
    private final AtomicReference<List<LogDirectoryStatus>> latest = new AtomicReference<>(List.of());

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
        Gauge.builder("millrace.broker.append.in.flight", node, BrokerNode::appendBytesInFlight)
                .description("Bytes of batches that are not yet answered")
                .baseUnit("bytes")
                .register(registry);
        refresh();
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

    private double look(Path directory, ToDoubleFunction<LogDirectoryStatus> value) {
        refresh();
        return latest.get().stream()
                .filter(status -> status.path().equals(directory.toString()))
                .mapToDouble(value)
                .sum();
    }

    private void refresh() {
        var _ = node.logDirectories().thenAccept(latest::set);
    }
}
