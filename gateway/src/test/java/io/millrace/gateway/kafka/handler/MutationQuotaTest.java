package io.millrace.gateway.kafka.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.QuotaEntity;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.metadata.QuotaName;
import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions that come and go have a quota (KIP-599). Each request has its own connection, as connections are muted. */
class MutationQuotaTest {
    private static final short REFUSED = Errors.THROTTLING_QUOTA_EXCEEDED.code();

    private TestDoor door;
    private String before;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open();
        before = door.newTopic(3);
        door.setQuota(QuotaEntity.ofClientId(QuotaName.of("test")), QuotaKind.CONTROLLER_MUTATION_RATE, 1);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @Test
    void oneBurstPassesAndWhatComesThenIsRefused() throws IOException {
        assertThat(create("large", 50, 7).errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(create("next", 1, 7).errorCode()).isEqualTo(REFUSED);

        assertThat(door.view().image().topic("next")).isEmpty();
        assertThat(door.throttled()).singleElement().satisfies(told -> {
            assertThat(told.getKey()).isEqualTo(QuotaKind.CONTROLLER_MUTATION_RATE);
            assertThat(told.getValue()).isEqualTo(48_900);
        });
    }

    @Test
    void theTopicsOfOneRequestAreTakenOneByOne() throws IOException {
        CreateTopicsRequestData request = new CreateTopicsRequestData();
        request.topics().add(topic("first", 50));
        request.topics().add(topic("second", 1));

        CreateTopicsResponseData response = call(request, 7, CreateTopicsResponseData.class);

        assertThat(response.topics().find("first").errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(response.topics().find("second").errorCode()).isEqualTo(REFUSED);
        assertThat(response.throttleTimeMs()).isPositive();
    }

    @Test
    void aClientThatKnowsNothingOfTheQuotaIsServedAndWaits() throws IOException {
        create("large", 50, 5);
        create("next", 1, 5);

        assertThat(door.view().image().topic("next")).isPresent();
        assertThat(door.throttled()).hasSize(2);
    }

    @Test
    void partitionsThatAreAddedCount() throws IOException {
        create("large", 50, 7);

        assertThat(widen(3)).isEqualTo(REFUSED);
        assertThat(widen(2)).isEqualTo(Errors.NONE.code());
    }

    @Test
    void partitionsThatAreDeletedCount() throws IOException {
        create("large", 50, 7);

        assertThat(delete(6)).isEqualTo(REFUSED);
        assertThat(delete(4)).isEqualTo(Errors.NONE.code());
    }

    @Test
    void whatIsRefusedForAnotherReasonCostsNothing() throws IOException {
        assertThat(create(before, 50, 7).errorCode()).isEqualTo(Errors.TOPIC_ALREADY_EXISTS.code());

        assertThat(create("next", 1, 7).errorCode()).isEqualTo(Errors.NONE.code());
    }

    @Test
    void whatIsOnlyCheckedCostsNothing() throws IOException {
        CreateTopicsRequestData check = new CreateTopicsRequestData().setValidateOnly(true);
        check.topics().add(topic("large", 50));
        call(check, 7, CreateTopicsResponseData.class);

        assertThat(create("next", 1, 7).errorCode()).isEqualTo(Errors.NONE.code());
    }

    @Test
    void aTopicThatIsCreatedByItsNameIsServedAndCounts() throws IOException {
        create("large", 50, 7);

        MetadataRequestData named =
                new MetadataRequestData().setTopics(List.of(new MetadataRequestTopic().setName("named")));
        MetadataResponseData response = call(named, 9, MetadataResponseData.class);

        assertThat(door.view().image().topic("named")).isPresent();
        assertThat(response.throttleTimeMs()).isPositive();
    }

    private CreateTopicsResponseData.CreatableTopicResult create(String name, int partitions, int version)
            throws IOException {
        CreateTopicsRequestData request = new CreateTopicsRequestData();
        request.topics().add(topic(name, partitions));
        return call(request, version, CreateTopicsResponseData.class).topics().find(name);
    }

    private static CreatableTopic topic(String name, int partitions) {
        return new CreatableTopic().setName(name).setNumPartitions(partitions).setReplicationFactor((short) 1);
    }

    private short widen(int version) throws IOException {
        CreatePartitionsRequestData request = new CreatePartitionsRequestData();
        request.topics()
                .add(new CreatePartitionsTopic().setName(before).setCount(5).setAssignments(null));
        return call(request, version, CreatePartitionsResponseData.class)
                .results()
                .getFirst()
                .errorCode();
    }

    private short delete(int version) throws IOException {
        DeleteTopicsRequestData request = version >= 6
                ? new DeleteTopicsRequestData().setTopics(List.of(new DeleteTopicState().setName(before)))
                : new DeleteTopicsRequestData().setTopicNames(List.of(before));
        return call(request, version, DeleteTopicsResponseData.class)
                .responses()
                .iterator()
                .next()
                .errorCode();
    }

    private <T extends ApiMessage> T call(ApiMessage request, int version, Class<T> response) throws IOException {
        try (FrameClient client = door.connect()) {
            return client.call(request, version, response);
        }
    }
}
