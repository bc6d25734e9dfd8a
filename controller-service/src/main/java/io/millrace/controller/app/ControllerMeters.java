package io.millrace.controller.app;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.controller.node.ControllerNode;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.statemachine.LogObserver;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** What a controller shows of itself. */
final class ControllerMeters implements LogObserver {
    private final MeterRegistry registry;
    private final Timer writes;
    private final DistributionSummary changes;

    ControllerMeters(MeterRegistry registry) {
        this.registry = registry;
        this.writes = Timer.builder("millrace.controller.log.write")
                .description("Time that a write to the controller's log took")
                .register(registry);
        this.changes = DistributionSummary.builder("millrace.controller.log.changes")
                .description("Records that a write to the controller's log carried")
                .register(registry);
    }

    @Override
    public void written(int part, int parts, int changed, long nanos) {
        writes.record(Duration.ofNanos(nanos));
        changes.record(changed);
    }

    void show(ControllerNode node) {
        Gauge.builder("millrace.controller.epoch", node, ControllerNode::epoch)
                .description("Epoch under which this process decides, -1 while it stands by")
                .register(registry);
        gauge(
                "millrace.controller.topics",
                "Topics",
                node,
                image -> image.topics().size());
        gauge(
                "millrace.controller.partitions",
                "Partitions",
                node,
                image -> image.topics().values().stream()
                        .mapToLong(topic -> topic.partitions().size())
                        .sum());
        gauge(
                "millrace.controller.partitions.leaderless",
                "Partitions without a leader",
                node,
                image -> image.topics().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .filter(partition -> partition.leader() == PartitionImage.NO_LEADER)
                        .count());
        gauge(
                "millrace.controller.brokers.fenced",
                "Brokers that must not lead",
                node,
                image -> image.brokers().values().stream()
                        .filter(broker -> broker.fenced())
                        .count());
        gauge(
                "millrace.controller.brokers",
                "Brokers",
                node,
                image -> image.brokers().size());
    }

    private void gauge(String name, String description, ControllerNode node, ToDoubleFunction<ClusterImage> value) {
        Gauge.builder(name, node, controller -> value.applyAsDouble(controller.image()))
                .description(description)
                .register(registry);
    }
}
