package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicName;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.Errors;

/** A metadata response in the making, from one picture. */
final class MetadataAnswer {
    private final ClusterImage image;
    private final ToldBrokers brokers;
    private final boolean tellsOperations;
    private final MetadataResponseData response = new MetadataResponseData();

    MetadataAnswer(ToldBrokers brokers, boolean tellsOperations) {
        this.image = brokers.image();
        this.brokers = brokers;
        this.tellsOperations = tellsOperations;
        response.setClusterId(image.clusterId()).setControllerId(brokers.controller());
        for (BrokerImage broker : brokers.list()) {
            Endpoint address = brokers.addressOf(broker);
            response.brokers()
                    .add(new MetadataResponseBroker()
                            .setNodeId(broker.brokerId())
                            .setHost(address.host())
                            .setPort(address.port())
                            .setRack(broker.rack()));
        }
    }

    MetadataResponseData response() {
        return response;
    }

    void withClusterOperations() {
        response.setClusterAuthorizedOperations(AuthorizedOperations.CLUSTER);
    }

    void addAll() {
        image.topics().values().forEach(this::add);
    }

    /** The topic of that name, or an error in its place. */
    void add(String name, Errors otherwise) {
        Optional<TopicImage> topic = image.topic(name);
        if (topic.isPresent()) {
            add(topic.get());
            return;
        }
        boolean illegal = TopicName.problemOf(name).isPresent();
        response.topics()
                .add(new MetadataResponseTopic()
                        .setName(name)
                        .setErrorCode((illegal ? Errors.INVALID_TOPIC_EXCEPTION : otherwise).code()));
    }

    /** The topic of that id, or an error in its place. */
    void add(Uuid id) {
        Optional<TopicImage> topic = image.topic(TopicIds.fromWire(id));
        if (topic.isPresent()) {
            add(topic.get());
        } else {
            response.topics()
                    .add(new MetadataResponseTopic()
                            .setName(null)
                            .setTopicId(id)
                            .setErrorCode(Errors.UNKNOWN_TOPIC_ID.code()));
        }
    }

    private void add(TopicImage topic) {
        MetadataResponseTopic told = new MetadataResponseTopic()
                .setName(topic.name())
                .setTopicId(TopicIds.toWire(topic.topicId()))
                .setErrorCode(Errors.NONE.code());
        if (tellsOperations) {
            told.setTopicAuthorizedOperations(AuthorizedOperations.TOPIC);
        }
        topic.partitions().forEach(partition -> told.partitions().add(partition(partition)));
        response.topics().add(told);
    }

    private MetadataResponsePartition partition(PartitionImage partition) {
        int leader = brokers.leaderOf(partition);
        List<Integer> offline = LiveBrokers.offlineOf(image, partition);
        return new MetadataResponsePartition()
                .setErrorCode((leader < 0 ? Errors.LEADER_NOT_AVAILABLE : Errors.NONE).code())
                .setPartitionIndex(partition.partition())
                .setLeaderId(leader)
                .setLeaderEpoch(partition.leaderEpoch())
                .setReplicaNodes(partition.replicas())
                .setIsrNodes(partition.inSyncReplicas())
                .setOfflineReplicas(offline);
    }
}
