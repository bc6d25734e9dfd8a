package io.millrace.core.metadata;

import io.millrace.core.model.TopicId;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/**
 * Topics and partitions as their records arrived, in any order. A topic is whole when its own record and a record for
 * each of its partitions are there.
 */
public record TopicAssembly(
        PMap<TopicId, TopicRecord> topics, PMap<TopicId, PSortedMap<Integer, PartitionImage>> partitions) {
    static final TopicAssembly EMPTY = new TopicAssembly(HashTreePMap.empty(), HashTreePMap.empty());

    Optional<TopicRecord> topic(TopicId id) {
        return Optional.ofNullable(topics.get(id));
    }

    TopicAssembly with(MetadataChange change) {
        return switch (change) {
            case MetadataChange.Put(TopicRecord topic) ->
                new TopicAssembly(topics.plus(topic.topicId(), topic), partitions);
            case MetadataChange.Put(PartitionImage partition) ->
                withPartitions(
                        partition.topicId(), partitionsOf(partition.topicId()).plus(partition.partition(), partition));
            case MetadataChange.Removed(MetadataKey.Topic(TopicId id)) ->
                new TopicAssembly(topics.minus(id), partitions);
            case MetadataChange.Removed(MetadataKey.Partition(TopicId id, int partition)) ->
                withPartitions(id, partitionsOf(id).minus(partition));
            default -> throw new IllegalArgumentException("Not about a topic: " + change);
        };
    }

    /** The whole topic, if it is whole. */
    Optional<TopicImage> assemble(TopicId id) {
        TopicRecord topic = topics.get(id);
        PSortedMap<Integer, PartitionImage> parts = partitionsOf(id);
        if (topic == null || parts.headMap(topic.partitionCount()).size() != topic.partitionCount()) {
            return Optional.empty();
        }
        return Optional.of(new TopicImage(
                topic, TreePVector.from(parts.headMap(topic.partitionCount()).values())));
    }

    private TopicAssembly withPartitions(TopicId id, PSortedMap<Integer, PartitionImage> parts) {
        return new TopicAssembly(topics, parts.isEmpty() ? partitions.minus(id) : partitions.plus(id, parts));
    }

    private PSortedMap<Integer, PartitionImage> partitionsOf(TopicId id) {
        PSortedMap<Integer, PartitionImage> parts = partitions.get(id);
        return parts == null ? TreePMap.empty() : parts;
    }
}
