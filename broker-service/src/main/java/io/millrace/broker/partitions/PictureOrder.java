package io.millrace.broker.partitions;

import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a picture asks of a broker for its partitions. */
sealed interface PictureOrder {
    /** Hold this partition, and lead it or not. */
    record Hold(TopicImage topic, PartitionImage partition) implements PictureOrder {}

    /** The picture no longer shows the topic, but does not say that it was deleted: serve it no more, and keep it. */
    record Suspend(TopicId topicId) implements PictureOrder {}

    /** The partition is there, and this broker is none of its replicas (any more): what it holds of it is not needed. */
    record Release(PartitionKey key) implements PictureOrder {}

    /** The topic was deleted. */
    record Delete(TopicDeletion tombstone) implements PictureOrder {}

    /** All that a whole picture asks; deletions first, because names may have been taken again. */
    static List<PictureOrder> ofSnapshot(ClusterImage image, Collection<TopicId> held, int brokerId) {
        List<PictureOrder> orders = new ArrayList<>();
        image.deletedTopics().values().stream()
                .sorted(Comparator.comparing(tombstone -> tombstone.topicId().toString()))
                .forEach(tombstone -> orders.add(new Delete(tombstone)));
        for (TopicId topicId : held) {
            if (image.topic(topicId).isEmpty() && !image.deletedTopics().containsKey(topicId)) {
                orders.add(new Suspend(topicId));
            }
        }
        image.topics().values().forEach(topic -> {
            orders.addAll(hold(topic, brokerId));
            if (held.contains(topic.topicId())) {
                orders.addAll(release(topic, brokerId));
            }
        });
        return orders;
    }

    /** What a step from one picture to the next asks. */
    static List<PictureOrder> ofDelta(ClusterDelta delta, ClusterImage after, int brokerId) {
        List<PictureOrder> deletions = new ArrayList<>();
        List<PictureOrder> others = new ArrayList<>();
        for (TopicId topicId : touched(delta)) {
            TopicDeletion tombstone = after.deletedTopics().get(topicId);
            Optional<TopicImage> topic = after.topic(topicId);
            if (tombstone != null) {
                deletions.add(new Delete(tombstone));
            } else if (topic.isPresent()) {
                others.addAll(hold(topic.get(), brokerId));
                others.addAll(release(topic.get(), brokerId));
            } else {
                others.add(new Suspend(topicId));
            }
        }
        deletions.addAll(others);
        return deletions;
    }

    private static Set<TopicId> touched(ClusterDelta delta) {
        Set<TopicId> touched = new LinkedHashSet<>();
        delta.changes().forEach(change -> {
            switch (change.key()) {
                case MetadataKey.Topic(TopicId id) -> touched.add(id);
                case MetadataKey.Partition(TopicId id, int ignored) -> touched.add(id);
                case MetadataKey.DeletedTopic(TopicId id) -> touched.add(id);
                case MetadataKey.Broker ignored -> {}
                case MetadataKey.ProducerIds ignored -> {}
                case MetadataKey.Quota ignored -> {}
            }
        });
        return touched;
    }

    private static List<PictureOrder> release(TopicImage topic, int brokerId) {
        return topic.partitions().stream()
                .filter(partition -> !partition.replicas().contains(brokerId))
                .<PictureOrder>map(partition -> new Release(new PartitionKey(topic.topicId(), partition.partition())))
                .toList();
    }

    private static List<PictureOrder> hold(TopicImage topic, int brokerId) {
        return topic.partitions().stream()
                .filter(partition -> partition.replicas().contains(brokerId))
                .<PictureOrder>map(partition -> new Hold(topic, partition))
                .toList();
    }
}
