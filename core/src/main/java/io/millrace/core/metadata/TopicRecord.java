package io.millrace.core.metadata;

import io.millrace.core.model.TopicId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic, without its partitions.
 *
 * @param topicId new for each creation
 * @param name a legal topic name, unique among living topics
 * @param partitionCount how many partitions the topic has when all of them are there; a topic is served only then, so a
 *     creation that was cut off in the middle never shows
 * @param replicationFactor replicas per partition that were asked for at creation
 * @param configs overrides by Kafka's config names, validated; sorted by name
 */
public record TopicRecord(
        TopicId topicId, String name, int partitionCount, int replicationFactor, Map<String, String> configs)
        implements MetadataRecord {
    public TopicRecord {
        configs = Collections.unmodifiableMap(new TreeMap<>(configs));
    }

    @Override
    public MetadataKey key() {
        return new MetadataKey.Topic(topicId);
    }
}
