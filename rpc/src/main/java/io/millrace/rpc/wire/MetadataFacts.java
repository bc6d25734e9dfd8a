package io.millrace.rpc.wire;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.ProducerIdsRecord;
import io.millrace.core.metadata.QuotaRecord;
import io.millrace.core.metadata.TopicDeletion;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicName;
import java.util.Optional;

/** Facts about the cluster and their keys. */
public final class MetadataFacts {
    private MetadataFacts() {}

    /** Cannot fail. */
    public static io.millrace.internal.v1.MetadataRecord encode(MetadataRecord fact) {
        var to = io.millrace.internal.v1.MetadataRecord.newBuilder();
        switch (fact) {
            case BrokerImage broker -> to.setBroker(encode(broker));
            case TopicRecord topic -> to.setTopic(encode(topic));
            case PartitionImage partition -> to.setPartition(PartitionFacts.encode(partition));
            case TopicDeletion deletion -> to.setTopicDeletion(encode(deletion));
            case ProducerIdsRecord(long nextId) -> to.getProducerIdsBuilder().setNextId(nextId);
            case QuotaRecord quota -> to.setQuota(QuotaFacts.encode(quota));
        }
        return to.build();
    }

    /** Refuses facts that no controller could have committed. */
    public static MetadataRecord decode(io.millrace.internal.v1.MetadataRecord from) throws MalformedMessageException {
        return switch (from.getFactCase()) {
            case BROKER -> decode(from.getBroker());
            case TOPIC -> decode(from.getTopic());
            case PARTITION -> PartitionFacts.decode(from.getPartition());
            case TOPIC_DELETION -> decode(from.getTopicDeletion());
            case PRODUCER_IDS -> new ProducerIdsRecord(from.getProducerIds().getNextId());
            case QUOTA -> QuotaFacts.decode(from.getQuota());
            case FACT_NOT_SET -> throw new MalformedMessageException("A fact is of no kind that this version knows.");
        };
    }

    /** Cannot fail. */
    public static io.millrace.internal.v1.MetadataKey encode(MetadataKey key) {
        var to = io.millrace.internal.v1.MetadataKey.newBuilder();
        switch (key) {
            case MetadataKey.Broker(int brokerId) -> to.setBrokerId(brokerId);
            case MetadataKey.Topic(var topicId) -> to.setTopicId(Ids.encode(topicId));
            case MetadataKey.Partition(var topicId, int partition) ->
                to.getPartitionBuilder().setTopicId(Ids.encode(topicId)).setPartition(partition);
            case MetadataKey.DeletedTopic(var topicId) -> to.setDeletedTopicId(Ids.encode(topicId));
            case MetadataKey.ProducerIds() -> to.getProducerIdsBuilder();
            case MetadataKey.Quota(var entity) -> to.setQuota(QuotaFacts.encode(entity));
        }
        return to.build();
    }

    /** Refuses a key of no kind, and ids of a wrong length. */
    public static MetadataKey decode(io.millrace.internal.v1.MetadataKey from) throws MalformedMessageException {
        return switch (from.getKeyCase()) {
            case BROKER_ID -> new MetadataKey.Broker(from.getBrokerId());
            case TOPIC_ID -> new MetadataKey.Topic(Ids.decodeTopicId(from.getTopicId()));
            case PARTITION ->
                new MetadataKey.Partition(
                        Ids.decodeTopicId(from.getPartition().getTopicId()),
                        from.getPartition().getPartition());
            case DELETED_TOPIC_ID -> new MetadataKey.DeletedTopic(Ids.decodeTopicId(from.getDeletedTopicId()));
            case PRODUCER_IDS -> MetadataKey.ProducerIds.KEY;
            case QUOTA -> new MetadataKey.Quota(QuotaFacts.decode(from.getQuota()));
            case KEY_NOT_SET -> throw new MalformedMessageException("A key is of no kind that this version knows.");
        };
    }

    private static io.millrace.internal.v1.MetadataRecord.Broker encode(BrokerImage broker) {
        var to = io.millrace.internal.v1.MetadataRecord.Broker.newBuilder()
                .setBrokerId(broker.brokerId())
                .setIncarnation(Ids.encode(broker.incarnation()))
                .setBrokerEpoch(broker.brokerEpoch())
                .addAllEndpoints(Endpoints.encode(broker.endpoints()))
                .addAllDirectoryIds(Ids.encode(broker.directoryIds()))
                .setFenced(broker.fenced());
        if (broker.rack() != null) {
            to.setRack(broker.rack());
        }
        return to.build();
    }

    private static BrokerImage decode(io.millrace.internal.v1.MetadataRecord.Broker from)
            throws MalformedMessageException {
        return new BrokerImage(
                from.getBrokerId(),
                Ids.decode(from.getIncarnation()),
                from.getBrokerEpoch(),
                from.hasRack() ? from.getRack() : null,
                Endpoints.decode(from.getEndpointsList()),
                BrokerSigns.directories(from.getDirectoryIdsList()),
                from.getFenced());
    }

    static io.millrace.internal.v1.MetadataRecord.Topic encode(TopicRecord topic) {
        return io.millrace.internal.v1.MetadataRecord.Topic.newBuilder()
                .setTopicId(Ids.encode(topic.topicId()))
                .setName(topic.name())
                .setPartitionCount(topic.partitionCount())
                .setReplicationFactor(topic.replicationFactor())
                .putAllConfigs(topic.configs())
                .build();
    }

    static TopicRecord decode(io.millrace.internal.v1.MetadataRecord.Topic from) throws MalformedMessageException {
        return new TopicRecord(
                Ids.decodeTopicId(from.getTopicId()),
                topicName(from.getName()),
                partitionCount(from.getPartitionCount()),
                from.getReplicationFactor(),
                from.getConfigsMap());
    }

    private static io.millrace.internal.v1.MetadataRecord.TopicDeletion encode(TopicDeletion deletion) {
        return io.millrace.internal.v1.MetadataRecord.TopicDeletion.newBuilder()
                .setTopicId(Ids.encode(deletion.topicId()))
                .setName(deletion.name())
                .setPartitionCount(deletion.partitionCount())
                .setDeletedAtMillis(deletion.deletedAtMillis())
                .build();
    }

    private static TopicDeletion decode(io.millrace.internal.v1.MetadataRecord.TopicDeletion from)
            throws MalformedMessageException {
        return new TopicDeletion(
                Ids.decodeTopicId(from.getTopicId()),
                topicName(from.getName()),
                partitionCount(from.getPartitionCount()),
                from.getDeletedAtMillis());
    }

    private static String topicName(String name) throws MalformedMessageException {
        Optional<String> problem = TopicName.problemOf(name);
        if (problem.isPresent()) {
            throw new MalformedMessageException(problem.get());
        }
        return name;
    }

    private static int partitionCount(int count) throws MalformedMessageException {
        if (count < 0) {
            throw new MalformedMessageException("A topic has the impossible number of " + count + " partitions.");
        }
        return count;
    }
}
