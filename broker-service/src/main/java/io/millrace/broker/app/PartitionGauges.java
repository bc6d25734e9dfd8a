package io.millrace.broker.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicOptions;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** What the picture says of the partitions that this broker leads, counted once for each picture. */
final class PartitionGauges {
    private final int brokerId;
    private final Supplier<ClusterImage> picture;
    private Counts latest = new Counts(0, 0, 0, 0, 0, 0);

    PartitionGauges(int brokerId, Supplier<ClusterImage> picture) {
        this.brokerId = brokerId;
        this.picture = picture;
    }

    /** Partitions that this broker leads, and those of them that lack replicas or are being moved. */
    private record Counts(
            long version, int led, int underReplicated, int atMinInSync, int underMinInSync, int reassigning) {
        Counts plus(PartitionImage partition, int minInSync) {
            int inSync = partition.inSyncReplicas().size();
            return new Counts(
                    version,
                    led + 1,
                    underReplicated + (isUnderReplicated(partition) ? 1 : 0),
                    atMinInSync + (inSync == minInSync ? 1 : 0),
                    underMinInSync + (inSync < minInSync ? 1 : 0),
                    reassigning + (partition.reassignment() == null ? 0 : 1));
        }

        /** As in Kafka, those that are just being added do not count. */
        private static boolean isUnderReplicated(PartitionImage partition) {
            Reassignment underWay = partition.reassignment();
            return partition.replicas().stream()
                    .filter(replica -> underWay == null || !underWay.adding().contains(replica))
                    .anyMatch(replica -> !partition.inSyncReplicas().contains(replica));
        }
    }

    void bindTo(MeterRegistry registry) {
        gauge(registry, "leadercount", "Partitions that this broker leads", Counts::led);
        gauge(
                registry,
                "underreplicatedpartitions",
                "Partitions led here of which a replica is not in sync, those being added left out",
                Counts::underReplicated);
        gauge(
                registry,
                "atminisrpartitioncount",
                "Partitions led here with just min.insync.replicas in-sync replicas",
                Counts::atMinInSync);
        gauge(
                registry,
                "underminisrpartitioncount",
                "Partitions led here with fewer in-sync replicas than min.insync.replicas",
                Counts::underMinInSync);
        gauge(registry, "reassigningpartitions", "Partitions led here that are being moved", Counts::reassigning);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToIntFunction<Counts> value) {
        Gauge.builder("kafka.server.replicamanager." + name, () -> value.applyAsInt(counts()))
                .description(description)
                .register(registry);
    }

    private synchronized Counts counts() {
        ClusterImage now = picture.get();
        if (latest.version() != now.version()) {
            latest = count(now);
        }
        return latest;
    }

    private Counts count(ClusterImage image) {
        Counts counts = new Counts(image.version(), 0, 0, 0, 0, 0);
        for (TopicImage topic : image.topics().values()) {
            int minInSync = TopicOptions.of(topic.topic().configs()).minInsyncReplicas();
            for (PartitionImage partition : topic.partitions()) {
                if (partition.leader() == brokerId) {
                    counts = counts.plus(partition, minInSync);
                }
            }
        }
        return counts;
    }
}
