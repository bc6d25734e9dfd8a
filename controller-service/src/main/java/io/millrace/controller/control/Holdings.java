package io.millrace.controller.control;

import io.millrace.controller.placement.PlacementCandidate.Holding;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;

/**
 * What each broker holds, kept up to date change by change: counting a whole picture for each new topic would stop the
 * controller for longer the larger the cluster is.
 *
 * <p>Confined to the controller's event loop.
 */
final class Holdings {
    private final Map<Integer, Tally> tallies = new HashMap<>(); // looked up by id only

    /** Counts all partitions of a picture. */
    void load(ClusterImage image) {
        tallies.clear();
        image.assembly()
                .partitions()
                .values()
                .forEach(partitions -> partitions.values().forEach(partition -> count(partition, 1)));
    }

    /** Counts what a change of that picture does. */
    void follow(ClusterImage before, MetadataChange change) {
        switch (change) {
            case MetadataChange.Put(PartitionImage after) -> {
                PartitionImage old = partition(before, after.topicId(), after.partition());
                if (old == null || !old.replicas().equals(after.replicas())) {
                    if (old != null) {
                        count(old, -1);
                    }
                    count(after, 1);
                }
            }
            case MetadataChange.Removed(MetadataKey.Partition(TopicId id, int number)) -> {
                PartitionImage old = partition(before, id, number);
                if (old != null) {
                    count(old, -1);
                }
            }
            default -> {}
        }
    }

    /** Counts one more partition, of which nothing was counted yet. */
    void add(PartitionImage partition) {
        count(partition, 1);
    }

    Holding of(int brokerId) {
        Tally tally = tallies.get(brokerId);
        return tally == null ? Holding.NOTHING : new Holding(tally.replicas, tally.leaders);
    }

    /** The complete topics of the picture that these brokers have replicas of, by name. */
    Collection<TopicImage> topicsOf(ClusterImage image, List<Integer> brokerIds) {
        SortedMap<String, TopicImage> topics = new TreeMap<>();
        for (int id : brokerIds) {
            Tally tally = tallies.get(id);
            if (tally != null) {
                tally.replicasByTopic.keySet().stream()
                        .flatMap(topicId -> image.topic(topicId).stream())
                        .forEach(topic -> topics.put(topic.name(), topic));
            }
        }
        return topics.values();
    }

    private void count(PartitionImage partition, int by) {
        for (int id : partition.replicas()) {
            tallies.computeIfAbsent(id, broker -> new Tally()).count(partition.topicId(), by);
        }
        tallies.computeIfAbsent(partition.replicas().getFirst(), broker -> new Tally()).leaders += by;
    }

    private static @Nullable PartitionImage partition(ClusterImage image, TopicId id, int number) {
        PSortedMap<Integer, PartitionImage> ofTopic =
                image.assembly().partitions().get(id);
        return ofTopic == null ? null : ofTopic.get(number);
    }

    /** Counts what a broker holds. */
    private static final class Tally {
        private final Map<TopicId, Integer> replicasByTopic = new HashMap<>(); // sorted before it has an effect
        private int replicas;
        private int leaders;

        void count(TopicId topicId, int by) {
            replicas += by;
            if (replicasByTopic.merge(topicId, by, Integer::sum) == 0) {
                replicasByTopic.remove(topicId);
            }
        }
    }
}
