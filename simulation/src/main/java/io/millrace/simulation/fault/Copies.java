package io.millrace.simulation.fault;

import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.simulation.cluster.SimBroker;
import io.millrace.simulation.cluster.SimCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which copies of records may be destroyed. Where the last one goes, or where the others have been withdrawn or are about to be,
 * records are lost by right, and nothing is proved by it.
 */
final class Copies {
    private static final String LOG = ".log";

    private final SimCluster cluster;
    private int brokenDisks;

    Copies(SimCluster cluster) {
        this.cluster = cluster;
    }

    /** A disk gives errors now, or will: its broker withdraws what lies there. Returns how that ends. */
    Runnable broken(Runnable mend) {
        brokenDisks++;
        return () -> {
            brokenDisks--;
            mend.run();
        };
    }

    /** Whether no disk has lost anything that the cluster has not noticed and made good. */
    boolean allDisksAreWhole() {
        return cluster.brokers().stream().allMatch(broker -> broker.diskIsKnown() && !isDamaged(broker));
    }

    /** The same, and none gives errors. */
    boolean allDisksWork() {
        return brokenDisks == 0 && allDisksAreWhole();
    }

    private static boolean isDamaged(SimBroker broker) {
        return logsOf(broker).stream().anyMatch(broker.disk()::hasFlippedBits);
    }

    private static List<Path> logsOf(SimBroker broker) {
        return broker.disk().filledFiles().stream()
                .filter(file -> file.toString().endsWith(LOG)
                        && SimBroker.DATA.equals(Optional.ofNullable(file.getParent())
                                .map(Path::getParent)
                                .orElse(null)))
                .toList();
    }

    /**
     * Segments of a broker that are there elsewhere, too, as far as it has written down that they are durable. Behind that it takes
     * damage for what a crash tears, or for what a page cache has not given to the disk, and goes on being counted on.
     */
    List<SpareBytes> spareBytes(SimBroker broker) {
        WrittenMarks marks = new WrittenMarks(broker.disk());
        List<SpareBytes> spare = new ArrayList<>();
        for (Path file : logsOf(broker)) {
            for (MetadataRecord record : cluster.store().records().values()) {
                if (record instanceof PartitionImage partition
                        && file.startsWith(SimBroker.DATA.resolve(nameOf(partition)))
                        && !isIndispensable(broker.id(), partition)) {
                    spare.add(new SpareBytes(file, marks.vouchedBytes(file, partition)));
                }
            }
        }
        spare.removeIf(bytes -> bytes.count() == 0);
        return spare;
    }

    /** So many bytes from the start of a file on. */
    record SpareBytes(Path file, int count) {}

    /** Whether a broker may have what nobody else has. */
    boolean isIndispensable(SimBroker broker) {
        return cluster.store().records().values().stream()
                .anyMatch(record ->
                        record instanceof PartitionImage partition && isIndispensable(broker.id(), partition));
    }

    /** Where one in-sync replica is enough to take writes, any may be the only one that has them. */
    private boolean isIndispensable(int brokerId, PartitionImage partition) {
        boolean others = partition.replicas().stream()
                .anyMatch(other -> other != brokerId && partition.holdsAllCommitted(other));
        return partition.holdsAllCommitted(brokerId) && (!others || minInSync(partition) < 2);
    }

    private int minInSync(PartitionImage partition) {
        return topicOf(partition)
                .map(topic ->
                        Integer.parseInt(TopicConfigs.effective(topic.configs(), TopicConfigs.MIN_INSYNC_REPLICAS)))
                .orElse(0);
    }

    private String nameOf(PartitionImage partition) {
        return topicOf(partition).map(TopicRecord::name).orElse("") + "-" + partition.partition();
    }

    private Optional<TopicRecord> topicOf(PartitionImage partition) {
        MetadataRecord topic = cluster.store().records().get(new MetadataKey.Topic(partition.topicId()));
        return topic instanceof TopicRecord known ? Optional.of(known) : Optional.empty();
    }
}
