package io.millrace.gateway.grpc;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.v1.Topic;
import java.util.List;

/** Shows topics of a picture. */
final class TopicMessages {
    /** How names of topics begin that the platform keeps for itself; Kafka's convention. */
    private static final String INTERNAL_PREFIX = "__";

    private TopicMessages() {}

    static boolean isInternal(TopicImage topic) {
        return topic.name().startsWith(INTERNAL_PREFIX);
    }

    /** Everything but the partitions. */
    static Topic.Builder withoutPartitions(TopicImage image) {
        TopicRecord topic = image.topic();
        return Topic.newBuilder()
                .setName(topic.name())
                .setTopicId(topic.topicId().toString())
                .setInternal(isInternal(image))
                .setPartitionCount(image.partitions().size())
                .setReplicationFactor(topic.replicationFactor())
                .putAllConfigs(topic.configs());
    }

    /** With partitions, but without their edges and sizes, which only their leaders know. */
    static Topic.Builder of(TopicImage topic, ClusterImage cluster) {
        Topic.Builder message = withoutPartitions(topic);
        topic.partitions().forEach(partition -> message.addPartitions(PartitionMessages.of(partition, cluster)));
        return message;
    }

    /** With partitions and the answers of their leaders, in the order of the partitions. */
    static Topic of(TopicImage topic, ClusterImage cluster, List<Outcome<PartitionStatus>> statuses) {
        Topic.Builder message = withoutPartitions(topic);
        for (int i = 0; i < topic.partitions().size(); i++) {
            message.addPartitions(PartitionMessages.detailed(topic.partitions().get(i), cluster, statuses.get(i)));
        }
        return message.build();
    }
}
