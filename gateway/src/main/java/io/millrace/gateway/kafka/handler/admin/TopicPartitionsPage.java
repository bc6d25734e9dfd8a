package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicName;
import io.millrace.gateway.kafka.handler.AuthorizedOperations;
import io.millrace.gateway.kafka.handler.LiveBrokers;
import io.millrace.gateway.kafka.handler.TopicIds;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.protocol.Errors;

/** A page of topics in the making, from one picture. It ends within a topic when that has more partitions than there is room. */
final class TopicPartitionsPage {
    private final ClusterImage image;
    private final DescribeTopicPartitionsResponseData response = new DescribeTopicPartitionsResponseData();
    private int room;

    /**
     * A page that has nothing yet.
     *
     * @param room partitions that it may hold
     */
    TopicPartitionsPage(ClusterImage image, int room) {
        this.image = image;
        this.room = room;
    }

    DescribeTopicPartitionsResponseData response() {
        return response;
    }

    /** Adds a topic from one of its partitions on; says whether all of it was added. */
    boolean add(String name, int from) {
        Optional<TopicImage> topic = image.topic(name);
        if (topic.isEmpty()) {
            addUnknown(name);
            return true;
        }
        if (room == 0) {
            endAt(name, from);
            return false;
        }
        return add(topic.get(), from);
    }

    private void addUnknown(String name) {
        boolean illegal = TopicName.problemOf(name).isPresent();
        response.topics()
                .add(new DescribeTopicPartitionsResponseTopic()
                        .setName(name)
                        .setErrorCode(
                                (illegal ? Errors.INVALID_TOPIC_EXCEPTION : Errors.UNKNOWN_TOPIC_OR_PARTITION).code()));
    }

    private boolean add(TopicImage topic, int from) {
        DescribeTopicPartitionsResponseTopic told = new DescribeTopicPartitionsResponseTopic()
                .setName(topic.name())
                .setTopicId(TopicIds.toWire(topic.topicId()))
                .setTopicAuthorizedOperations(AuthorizedOperations.TOPIC);
        response.topics().add(told);
        int count = topic.partitions().size();
        int start = Math.min(from, count);
        int end = start + Math.min(room, count - start);
        topic.partitions()
                .subList(start, end)
                .forEach(partition -> told.partitions().add(partition(partition)));
        room -= end - start;
        if (end < count) {
            endAt(topic.name(), end);
        }
        return end == count;
    }

    private void endAt(String topic, int partition) {
        response.setNextCursor(new Cursor().setTopicName(topic).setPartitionIndex(partition));
    }

    private DescribeTopicPartitionsResponsePartition partition(PartitionImage partition) {
        int leader = LiveBrokers.leaderOf(image, partition);
        return new DescribeTopicPartitionsResponsePartition()
                .setErrorCode((leader < 0 ? Errors.LEADER_NOT_AVAILABLE : Errors.NONE).code())
                .setPartitionIndex(partition.partition())
                .setLeaderId(leader)
                .setLeaderEpoch(partition.leaderEpoch())
                .setReplicaNodes(partition.replicas())
                .setIsrNodes(partition.inSyncReplicas())
                .setEligibleLeaderReplicas(partition.eligibleReplicas())
                .setLastKnownElr(List.of())
                .setOfflineReplicas(LiveBrokers.offlineOf(image, partition));
    }
}
