package io.millrace.gateway.kafka.handler.configs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfigCollection;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigApisTest {
    private static final byte FROM_TOPIC = 1;
    private static final byte FROM_PROCESS = 4;
    private static final byte FROM_DEFAULT = 5;
    private static final byte LONG = 5;

    private TestDoor door;
    private FrameClient client;
    private String topic;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open();
        client = door.connect();
        topic = door.newTopic(1);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @Test
    void aConfigIsToldWithItsSourceItsTypeAndWhatItDoes() throws IOException {
        DescribeConfigsResourceResult byDefault = config(describe(ConfigResource.Type.TOPIC, topic), "retention.ms");

        assertThat(byDefault.value()).isEqualTo("604800000");
        assertThat(byDefault.configSource()).isEqualTo(FROM_DEFAULT);
        assertThat(byDefault.configType()).isEqualTo(LONG);
        assertThat(byDefault.readOnly()).isFalse();
        assertThat(byDefault.isSensitive()).isFalse();
        assertThat(byDefault.documentation()).isNotEmpty();
        assertThat(byDefault.synonyms())
                .extracting(DescribeConfigsSynonym::name)
                .containsExactly("log.retention.ms");
    }

    @Test
    void aConfigThatIsSetIsToldWithWhatWouldHoldWithoutIt() throws IOException {
        assertThat(set("retention.ms", "1000").errorCode()).isEqualTo(Errors.NONE.code());

        DescribeConfigsResourceResult overridden = config(describe(ConfigResource.Type.TOPIC, topic), "retention.ms");

        assertThat(overridden.value()).isEqualTo("1000");
        assertThat(overridden.configSource()).isEqualTo(FROM_TOPIC);
        assertThat(overridden.synonyms())
                .extracting(DescribeConfigsSynonym::value)
                .containsExactly("1000", "604800000");
    }

    @Test
    void onlyTheConfigsThatAreNamedAreTold() throws IOException {
        DescribeConfigsRequestData request = new DescribeConfigsRequestData()
                .setResources(List.of(resource(ConfigResource.Type.TOPIC, topic)
                        .setConfigurationKeys(List.of("segment.bytes", "flush.ms"))));

        DescribeConfigsResult result = client.call(request, 4, DescribeConfigsResponseData.class)
                .results()
                .getFirst();

        assertThat(result.configs())
                .extracting(DescribeConfigsResourceResult::name)
                .containsExactly("segment.bytes");
        assertThat(result.configs().getFirst().synonyms()).isEmpty();
        assertThat(result.configs().getFirst().documentation()).isNull();
    }

    @Test
    void aBrokerTellsWhatItKnowsOfItself() throws IOException {
        DescribeConfigsResult broker = describe(ConfigResource.Type.BROKER, "0");

        assertThat(broker.errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(config(broker, "node.id").value()).isEqualTo("0");
        assertThat(config(broker, "log.dirs").value()).isEqualTo("memory");
        assertThat(config(broker, "advertised.listeners").value()).isEqualTo("PLAINTEXT://kafka.test:9092");
        assertThat(config(broker, "connections.max.idle.ms").configSource()).isEqualTo(FROM_PROCESS);
        assertThat(config(broker, "log.retention.ms").configSource()).isEqualTo(FROM_DEFAULT);
        assertThat(broker.configs()).allMatch(DescribeConfigsResourceResult::readOnly);
    }

    @Test
    void nothingIsSetForAllBrokers() throws IOException {
        DescribeConfigsResult all = describe(ConfigResource.Type.BROKER, "");

        assertThat(all.errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(all.configs()).isEmpty();
    }

    @Test
    void whatIsNotThereHasNoConfigs() throws IOException {
        assertThat(describe(ConfigResource.Type.TOPIC, "nowhere").errorCode())
                .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(describe(ConfigResource.Type.TOPIC, "not/legal").errorCode())
                .isEqualTo(Errors.INVALID_TOPIC_EXCEPTION.code());
        assertThat(describe(ConfigResource.Type.BROKER, "17").errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(describe(ConfigResource.Type.BROKER, "first").errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(describe(ConfigResource.Type.BROKER_LOGGER, "0").errorCode())
                .isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(describe(ConfigResource.Type.GROUP, "readers").errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
    }

    @Test
    void aConfigThatIsDeletedGoesBackToItsDefault() throws IOException {
        set("retention.ms", "1000");

        assertThat(alter(ConfigResource.Type.TOPIC, topic, "retention.ms", OpType.DELETE, null)
                        .errorCode())
                .isEqualTo(Errors.NONE.code());

        assertThat(config(describe(ConfigResource.Type.TOPIC, topic), "retention.ms")
                        .configSource())
                .isEqualTo(FROM_DEFAULT);
    }

    @Test
    void aValueThatIsNotLegalIsRefusedWithWhatWouldBe() throws IOException {
        AlterConfigsResourceResponse refused = set("segment.bytes", "few");

        assertThat(refused.errorCode()).isEqualTo(Errors.INVALID_CONFIG.code());
        assertThat(refused.errorMessage()).contains("a whole number of bytes");
    }

    @Test
    void aConfigOfKafkaThatIsNotThereIsRefusedWithTheReason() throws IOException {
        AlterConfigsResourceResponse refused = set("remote.storage.enable", "true");

        assertThat(refused.errorCode()).isEqualTo(Errors.INVALID_CONFIG.code());
        assertThat(refused.errorMessage()).contains("there is no tiered storage");
    }

    @Test
    void noTopicIsCreatedWithAConfigThatIsNotThere() throws IOException {
        CreateTopicsRequestData.CreatableTopicConfigCollection configs =
                new CreateTopicsRequestData.CreatableTopicConfigCollection();
        configs.add(new CreateTopicsRequestData.CreatableTopicConfig()
                .setName("remote.storage.enable")
                .setValue("true"));
        CreateTopicsRequestData request = new CreateTopicsRequestData();
        request.topics()
                .add(new CreateTopicsRequestData.CreatableTopic()
                        .setName("tiered")
                        .setNumPartitions(1)
                        .setReplicationFactor((short) 1)
                        .setConfigs(configs));

        CreateTopicsResponseData.CreatableTopicResult result =
                client.call(request, 7, CreateTopicsResponseData.class).topics().find("tiered");

        assertThat(result.errorCode()).isEqualTo(Errors.INVALID_CONFIG.code());
        assertThat(result.errorMessage()).contains("there is no tiered storage");
    }

    @Test
    void aConfigThatNobodyKnowsIsRefused() throws IOException {
        assertThat(set("colour", "blue").errorCode()).isEqualTo(Errors.INVALID_CONFIG.code());
    }

    @Test
    void toDeleteWhatIsNotThereChangesNothingAsKafkasToolsDoAfterAMove() throws IOException {
        assertThat(alter(ConfigResource.Type.TOPIC, topic, "leader.replication.throttled.replicas", OpType.DELETE, null)
                        .errorCode())
                .isEqualTo(Errors.NONE.code());
        assertThat(alter(ConfigResource.Type.BROKER, "0", "leader.replication.throttled.rate", OpType.DELETE, null)
                        .errorCode())
                .isEqualTo(Errors.NONE.code());
    }

    @Test
    void aListIsMadeLongerAndShorterAndStaysLegal() throws IOException {
        assertThat(alter(ConfigResource.Type.TOPIC, topic, "cleanup.policy", OpType.APPEND, "delete")
                        .errorCode())
                .isEqualTo(Errors.NONE.code());
        assertThat(alter(ConfigResource.Type.TOPIC, topic, "cleanup.policy", OpType.SUBTRACT, "delete")
                        .errorCode())
                .isEqualTo(Errors.INVALID_CONFIG.code());
        assertThat(alter(ConfigResource.Type.TOPIC, topic, "retention.ms", OpType.APPEND, "1")
                        .errorCode())
                .isEqualTo(Errors.INVALID_CONFIG.code());
    }

    @Test
    void aChangeThatMakesNoSenseIsRefused() throws IOException {
        assertThat(alter(ConfigResource.Type.TOPIC, topic, "retention.ms", OpType.SET, null)
                        .errorCode())
                .isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(alter(ConfigResource.Type.TOPIC, "nowhere", "retention.ms", OpType.SET, "1")
                        .errorCode())
                .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(alter(ConfigResource.Type.GROUP, "readers", "retention.ms", OpType.SET, "1")
                        .errorCode())
                .isEqualTo(Errors.INVALID_REQUEST.code());
    }

    @Test
    void aBrokersConfigsComeFromHowItWasStarted() throws IOException {
        AlterConfigsResourceResponse served =
                alter(ConfigResource.Type.BROKER, "0", "num.network.threads", OpType.SET, "8");
        AlterConfigsResourceResponse absent = alter(ConfigResource.Type.BROKER, "", "num.partitions", OpType.SET, "8");

        assertThat(served.errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(served.errorMessage()).contains("cannot be changed while the broker runs");
        assertThat(absent.errorMessage()).contains("millrace.controller.topics.partitions-default");
    }

    @Test
    void aCheckChangesNothing() throws IOException {
        IncrementalAlterConfigsRequestData request = incremental(
                        ConfigResource.Type.TOPIC, topic, "retention.ms", OpType.SET, "1000")
                .setValidateOnly(true);

        assertThat(send(request).errorCode()).isEqualTo(Errors.NONE.code());

        assertThat(config(describe(ConfigResource.Type.TOPIC, topic), "retention.ms")
                        .configSource())
                .isEqualTo(FROM_DEFAULT);
    }

    @Test
    void theOldWayPutsBackWhatItDoesNotName() throws IOException {
        set("retention.ms", "1000");
        AlterConfigsRequestData.AlterableConfigCollection configs =
                new AlterConfigsRequestData.AlterableConfigCollection();
        configs.add(new AlterConfigsRequestData.AlterableConfig()
                .setName("segment.ms")
                .setValue("5"));
        AlterConfigsRequestData request = new AlterConfigsRequestData();
        request.resources()
                .add(new AlterConfigsRequestData.AlterConfigsResource()
                        .setResourceType(ConfigResource.Type.TOPIC.id())
                        .setResourceName(topic)
                        .setConfigs(configs));

        AlterConfigsResponseData response = client.call(request, 2, AlterConfigsResponseData.class);

        assertThat(response.responses().getFirst().errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(door.view().image().topic(topic).orElseThrow().topic().configs())
                .containsOnlyKeys("segment.ms");
    }

    @Test
    void topicsAndBrokersAreListedAsWhatHasConfigs() throws IOException {
        ListConfigResourcesResponseData all = list(List.of());
        ListConfigResourcesResponseData brokers = list(List.of(ConfigResource.Type.BROKER.id()));
        ListConfigResourcesResponseData metrics = list(List.of(ConfigResource.Type.CLIENT_METRICS.id()));

        assertThat(all.configResources())
                .extracting(ListConfigResourcesResponseData.ConfigResource::resourceName)
                .contains(topic, "0");
        assertThat(brokers.configResources())
                .extracting(ListConfigResourcesResponseData.ConfigResource::resourceName)
                .containsExactly("0");
        assertThat(metrics.configResources()).isEmpty();
        assertThat(list(List.of((byte) 99)).errorCode()).isEqualTo(Errors.UNSUPPORTED_VERSION.code());
    }

    private ListConfigResourcesResponseData list(List<Byte> types) throws IOException {
        return client.call(
                new ListConfigResourcesRequestData().setResourceTypes(types), 1, ListConfigResourcesResponseData.class);
    }

    private AlterConfigsResourceResponse set(String name, String value) throws IOException {
        return alter(ConfigResource.Type.TOPIC, topic, name, OpType.SET, value);
    }

    private AlterConfigsResourceResponse alter(
            ConfigResource.Type type, String resource, String name, OpType operation, @Nullable String value)
            throws IOException {
        return send(incremental(type, resource, name, operation, value));
    }

    private AlterConfigsResourceResponse send(IncrementalAlterConfigsRequestData request) throws IOException {
        return client.call(request, 1, IncrementalAlterConfigsResponseData.class)
                .responses()
                .getFirst();
    }

    private static IncrementalAlterConfigsRequestData incremental(
            ConfigResource.Type type, String resource, String name, OpType operation, @Nullable String value) {
        AlterableConfigCollection configs = new AlterableConfigCollection();
        configs.add(new AlterableConfig()
                .setName(name)
                .setConfigOperation(operation.id())
                .setValue(value));
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
        request.resources()
                .add(new AlterConfigsResource()
                        .setResourceType(type.id())
                        .setResourceName(resource)
                        .setConfigs(configs));
        return request;
    }

    private DescribeConfigsResult describe(ConfigResource.Type type, String name) throws IOException {
        DescribeConfigsRequestData request = new DescribeConfigsRequestData()
                .setIncludeSynonyms(true)
                .setIncludeDocumentation(true)
                .setResources(List.of(resource(type, name)));
        return client.call(request, 4, DescribeConfigsResponseData.class)
                .results()
                .getFirst();
    }

    private static DescribeConfigsResource resource(ConfigResource.Type type, String name) {
        return new DescribeConfigsResource()
                .setResourceType(type.id())
                .setResourceName(name)
                .setConfigurationKeys(null);
    }

    private static DescribeConfigsResourceResult config(DescribeConfigsResult result, String name) {
        return result.configs().stream()
                .filter(config -> config.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
