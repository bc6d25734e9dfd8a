package io.millrace.gateway.kafka;

import io.millrace.core.model.TopicId;
import io.millrace.gateway.kafka.handler.TopicIds;
import io.millrace.gateway.routing.MetadataView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** A request for each API and version, about one topic. An API that needs none of its own gets an empty one. */
public final class WellFormedRequests {
    private static final int TOPIC_IDS_IN_FETCH = 13;
    private static final int TOPIC_IDS_IN_PRODUCE = 13;
    private static final int TOPICS_IN_DELETE = 6;
    private static final int KEYS_IN_FIND_COORDINATOR = 4;

    private final String topic;
    private final Uuid topicId;

    private WellFormedRequests(String topic, Uuid topicId) {
        this.topic = topic;
        this.topicId = topicId;
    }

    /** Requests about that topic, which need not be there. */
    public static WellFormedRequests about(String topic, MetadataView view) {
        TopicId id = view.image().topic(topic).map(image -> image.topicId()).orElse(new TopicId(new UUID(4, 7)));
        return new WellFormedRequests(topic, TopicIds.toWire(id));
    }

    /** A request of that API and version. */
    public ApiMessage of(ApiKeys api, int version) {
        return switch (api) {
            case PRODUCE -> produce(version);
            case FETCH -> fetch(version);
            case LIST_OFFSETS -> listOffsets();
            case METADATA ->
                new MetadataRequestData()
                        .setTopics(List.of(new MetadataRequestData.MetadataRequestTopic().setName(topic)));
            case FIND_COORDINATOR ->
                version >= KEYS_IN_FIND_COORDINATOR
                        ? new FindCoordinatorRequestData().setCoordinatorKeys(List.of("group"))
                        : new FindCoordinatorRequestData().setKey("group");
            case CREATE_TOPICS -> createTopics(version);
            case DELETE_TOPICS ->
                version >= TOPICS_IN_DELETE
                        ? new DeleteTopicsRequestData()
                                .setTopics(List.of(new DeleteTopicsRequestData.DeleteTopicState().setName("another")))
                        : new DeleteTopicsRequestData().setTopicNames(List.of("another"));
            default -> ofOperators(api, version);
        };
    }

    private ApiMessage ofOperators(ApiKeys api, int version) {
        return switch (api) {
            case CREATE_PARTITIONS -> createPartitions(version);
            case DELETE_RECORDS -> deleteRecords();
            case DESCRIBE_CONFIGS -> describeConfigs();
            case ALTER_CONFIGS -> alterConfigs();
            case INCREMENTAL_ALTER_CONFIGS -> incrementalAlterConfigs();
            case DESCRIBE_TOPIC_PARTITIONS ->
                new DescribeTopicPartitionsRequestData()
                        .setTopics(List.of(new DescribeTopicPartitionsRequestData.TopicRequest().setName(topic)));
            case ELECT_LEADERS -> electLeaders();
            case ALTER_PARTITION_REASSIGNMENTS -> reassign();
            case LIST_PARTITION_REASSIGNMENTS ->
                new ListPartitionReassignmentsRequestData()
                        .setTopics(List.of(new ListPartitionReassignmentsRequestData.ListPartitionReassignmentsTopics()
                                .setName(topic)
                                .setPartitionIndexes(List.of(0))));
            case OFFSET_FOR_LEADER_EPOCH -> offsetForLeaderEpoch();
            case DESCRIBE_PRODUCERS -> describeProducers();
            case DESCRIBE_LOG_DIRS -> new DescribeLogDirsRequestData().setTopics(null);
            case UPDATE_FEATURES -> updateFeatures();
            case DESCRIBE_CLIENT_QUOTAS ->
                new DescribeClientQuotasRequestData()
                        .setComponents(List.of(new DescribeClientQuotasRequestData.ComponentData()
                                .setEntityType("client-id")
                                .setMatchType((byte) 2)));
            case ALTER_CLIENT_QUOTAS -> alterClientQuotas();
            default -> ApiMessageType.fromApiKey(api.id).newRequest();
        };
    }

    private ProduceRequestData produce(int version) {
        ProduceRequestData.TopicProduceData data = new ProduceRequestData.TopicProduceData()
                .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                        .setRecords(MemoryRecords.withRecords(
                                Compression.NONE, new SimpleRecord("hi".getBytes(StandardCharsets.UTF_8))))));
        ProduceRequestData request =
                new ProduceRequestData().setAcks((short) -1).setTimeoutMs(1_000);
        request.topicData().add(version >= TOPIC_IDS_IN_PRODUCE ? data.setTopicId(topicId) : data.setName(topic));
        return request;
    }

    private FetchRequestData fetch(int version) {
        FetchRequestData.FetchTopic asked = new FetchRequestData.FetchTopic()
                .setPartitions(List.of(new FetchRequestData.FetchPartition().setPartitionMaxBytes(1_000)));
        return new FetchRequestData()
                .setMaxWaitMs(0)
                .setTopics(List.of(version >= TOPIC_IDS_IN_FETCH ? asked.setTopicId(topicId) : asked.setTopic(topic)));
    }

    private ListOffsetsRequestData listOffsets() {
        return new ListOffsetsRequestData()
                .setReplicaId(-1)
                .setTopics(List.of(new ListOffsetsRequestData.ListOffsetsTopic()
                        .setName(topic)
                        .setPartitions(List.of(new ListOffsetsRequestData.ListOffsetsPartition().setTimestamp(-1)))));
    }

    private CreateTopicsRequestData createTopics(int version) {
        CreateTopicsRequestData request = new CreateTopicsRequestData();
        request.topics()
                .add(new CreateTopicsRequestData.CreatableTopic()
                        .setName("created-" + version)
                        .setNumPartitions(1)
                        .setReplicationFactor((short) 1));
        return request;
    }

    private CreatePartitionsRequestData createPartitions(int version) {
        CreatePartitionsRequestData request = new CreatePartitionsRequestData();
        request.topics()
                .add(new CreatePartitionsRequestData.CreatePartitionsTopic()
                        .setName(topic)
                        .setCount(3 + version)
                        .setAssignments(null));
        return request;
    }

    private DeleteRecordsRequestData deleteRecords() {
        return new DeleteRecordsRequestData()
                .setTopics(List.of(new DeleteRecordsRequestData.DeleteRecordsTopic()
                        .setName(topic)
                        .setPartitions(List.of(new DeleteRecordsRequestData.DeleteRecordsPartition().setOffset(-1)))));
    }

    private OffsetForLeaderEpochRequestData offsetForLeaderEpoch() {
        OffsetForLeaderEpochRequestData request = new OffsetForLeaderEpochRequestData();
        request.topics()
                .add(new OffsetForLeaderEpochRequestData.OffsetForLeaderTopic()
                        .setTopic(topic)
                        .setPartitions(List.of(
                                new OffsetForLeaderEpochRequestData.OffsetForLeaderPartition().setLeaderEpoch(0))));
        return request;
    }

    private DescribeProducersRequestData describeProducers() {
        DescribeProducersRequestData request = new DescribeProducersRequestData();
        request.topics()
                .add(new DescribeProducersRequestData.TopicRequest()
                        .setName(topic)
                        .setPartitionIndexes(List.of(0)));
        return request;
    }

    private DescribeConfigsRequestData describeConfigs() {
        return new DescribeConfigsRequestData()
                .setIncludeSynonyms(true)
                .setResources(List.of(
                        new DescribeConfigsRequestData.DescribeConfigsResource()
                                .setResourceType(ConfigResource.Type.TOPIC.id())
                                .setResourceName(topic)
                                .setConfigurationKeys(null),
                        new DescribeConfigsRequestData.DescribeConfigsResource()
                                .setResourceType(ConfigResource.Type.BROKER.id())
                                .setResourceName("0")
                                .setConfigurationKeys(null)));
    }

    private AlterConfigsRequestData alterConfigs() {
        AlterConfigsRequestData.AlterableConfigCollection configs =
                new AlterConfigsRequestData.AlterableConfigCollection();
        configs.add(new AlterConfigsRequestData.AlterableConfig()
                .setName("retention.ms")
                .setValue("1"));
        AlterConfigsRequestData request = new AlterConfigsRequestData();
        request.resources()
                .add(new AlterConfigsRequestData.AlterConfigsResource()
                        .setResourceType(ConfigResource.Type.TOPIC.id())
                        .setResourceName(topic)
                        .setConfigs(configs));
        return request;
    }

    private IncrementalAlterConfigsRequestData incrementalAlterConfigs() {
        IncrementalAlterConfigsRequestData.AlterableConfigCollection configs =
                new IncrementalAlterConfigsRequestData.AlterableConfigCollection();
        configs.add(new IncrementalAlterConfigsRequestData.AlterableConfig()
                .setName("retention.ms")
                .setValue("2"));
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
        request.resources()
                .add(new IncrementalAlterConfigsRequestData.AlterConfigsResource()
                        .setResourceType(ConfigResource.Type.TOPIC.id())
                        .setResourceName(topic)
                        .setConfigs(configs));
        return request;
    }

    private ElectLeadersRequestData electLeaders() {
        ElectLeadersRequestData request = new ElectLeadersRequestData();
        request.topicPartitions()
                .add(new ElectLeadersRequestData.TopicPartitions()
                        .setTopic(topic)
                        .setPartitions(List.of(0)));
        return request;
    }

    private AlterPartitionReassignmentsRequestData reassign() {
        return new AlterPartitionReassignmentsRequestData()
                .setTopics(List.of(new AlterPartitionReassignmentsRequestData.ReassignableTopic()
                        .setName(topic)
                        .setPartitions(List.of(new AlterPartitionReassignmentsRequestData.ReassignablePartition()
                                .setReplicas(List.of(0))))));
    }

    private static AlterClientQuotasRequestData alterClientQuotas() {
        return new AlterClientQuotasRequestData()
                .setEntries(List.of(new AlterClientQuotasRequestData.EntryData()
                        .setEntity(List.of(new AlterClientQuotasRequestData.EntityData()
                                .setEntityType("client-id")
                                .setEntityName(null)))
                        .setOps(List.of(new AlterClientQuotasRequestData.OpData()
                                .setKey("producer_byte_rate")
                                .setValue(1_000_000)))));
    }

    private static UpdateFeaturesRequestData updateFeatures() {
        UpdateFeaturesRequestData request = new UpdateFeaturesRequestData();
        request.featureUpdates()
                .add(new UpdateFeaturesRequestData.FeatureUpdateKey()
                        .setFeature("metadata.version")
                        .setMaxVersionLevel((short) 7));
        return request;
    }
}
