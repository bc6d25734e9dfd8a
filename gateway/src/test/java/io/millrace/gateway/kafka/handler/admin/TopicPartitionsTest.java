package io.millrace.gateway.kafka.handler.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.ReplicatedCluster;
import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicPartitionsTest {
    private TestDoor door;
    private FrameClient client;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open();
        client = door.connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @Test
    void aTopicIsWidened() throws IOException {
        String topic = door.newTopic(1);

        assertThat(widen(topic, 3, false)).isEqualTo(Errors.NONE.code());

        assertThat(door.view().image().topic(topic).orElseThrow().partitions()).hasSize(3);
    }

    @Test
    void aTopicThatIsOnlyCheckedStaysAsItIs() throws IOException {
        String topic = door.newTopic(1);

        assertThat(widen(topic, 3, true)).isEqualTo(Errors.NONE.code());

        assertThat(door.view().image().topic(topic).orElseThrow().partitions()).hasSize(1);
    }

    @Test
    void aTopicDoesNotShrink() throws IOException {
        assertThat(widen(door.newTopic(3), 2, false)).isEqualTo(Errors.INVALID_PARTITIONS.code());
    }

    @Test
    void aTopicThatIsNotThereIsNotWidened() throws IOException {
        assertThat(widen("nowhere", 2, false)).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
    }

    @Test
    void aTopicIsNamedOnceInARequest() throws IOException {
        String topic = door.newTopic(1);
        CreatePartitionsRequestData request = new CreatePartitionsRequestData();
        request.topics().add(new CreatePartitionsTopic().setName(topic).setCount(2));
        request.topics().add(new CreatePartitionsTopic().setName(topic).setCount(3));

        CreatePartitionsResponseData response = client.call(request, 3, CreatePartitionsResponseData.class);

        assertThat(response.results()).allMatch(result -> result.errorCode() == Errors.INVALID_REQUEST.code());
    }

    @Test
    void replicasGoWhereTheOperatorPutsThem() throws IOException {
        String topic = door.newTopic(1);
        CreatePartitionsRequestData request = new CreatePartitionsRequestData();
        request.topics()
                .add(new CreatePartitionsTopic()
                        .setName(topic)
                        .setCount(2)
                        .setAssignments(List.of(new CreatePartitionsAssignment().setBrokerIds(List.of(7)))));

        CreatePartitionsResponseData response = client.call(request, 3, CreatePartitionsResponseData.class);

        assertThat(response.results().getFirst().errorCode()).isEqualTo(Errors.INVALID_REPLICA_ASSIGNMENT.code());
    }

    @Test
    void topicsAreDescribedPageByPage() throws IOException {
        String first = door.newTopic(3);
        String second = door.newTopic(2);
        DescribeTopicPartitionsRequestData request = describe(first, second).setResponsePartitionLimit(4);

        DescribeTopicPartitionsResponseData page = client.call(request, 0, DescribeTopicPartitionsResponseData.class);

        assertThat(numbers(page, first)).containsExactly(0, 1, 2);
        assertThat(numbers(page, second)).containsExactly(0);
        assertThat(page.nextCursor().topicName()).isEqualTo(second);
        assertThat(page.nextCursor().partitionIndex()).isEqualTo(1);

        request.setCursor(new Cursor().setTopicName(second).setPartitionIndex(1));
        page = client.call(request, 0, DescribeTopicPartitionsResponseData.class);

        assertThat(page.topics().find(first)).isNull();
        assertThat(numbers(page, second)).containsExactly(1);
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    void aPageThatIsFullAtTheEndOfATopicGoesOnWithTheNext() throws IOException {
        String first = door.newTopic(2);
        String second = door.newTopic(1);

        DescribeTopicPartitionsResponseData page = client.call(
                describe(first, second).setResponsePartitionLimit(2), 0, DescribeTopicPartitionsResponseData.class);

        assertThat(page.topics().find(second)).isNull();
        assertThat(page.nextCursor().topicName()).isEqualTo(second);
        assertThat(page.nextCursor().partitionIndex()).isZero();
    }

    @Test
    void withoutNamesAllTopicsAreDescribed() throws IOException {
        String first = door.newTopic(1);
        String second = door.newTopic(1);

        DescribeTopicPartitionsResponseData page =
                client.call(new DescribeTopicPartitionsRequestData(), 0, DescribeTopicPartitionsResponseData.class);

        assertThat(page.topics())
                .extracting(DescribeTopicPartitionsResponseTopic::name)
                .contains(first, second);
    }

    @Test
    void aTopicThatIsNotThereIsToldOf() throws IOException {
        DescribeTopicPartitionsResponseData page =
                client.call(describe("nowhere", "not/legal"), 0, DescribeTopicPartitionsResponseData.class);

        assertThat(page.topics().find("nowhere").errorCode()).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(page.topics().find("not/legal").errorCode()).isEqualTo(Errors.INVALID_TOPIC_EXCEPTION.code());
    }

    @Test
    void replicasThatMayLeadAndThoseThatAreDownAreTold() throws IOException {
        ReplicatedCluster cluster = new ReplicatedCluster();
        try (TestDoor replicated = TestDoor.open(cluster, cluster.brokers());
                FrameClient asking = replicated.connect()) {
            DescribeTopicPartitionsResponseData page =
                    asking.call(describe("orders"), 0, DescribeTopicPartitionsResponseData.class);

            DescribeTopicPartitionsResponsePartition damaged =
                    page.topics().find("orders").partitions().get(2);
            assertThat(damaged.leaderId()).isEqualTo(2);
            assertThat(damaged.isrNodes()).containsExactly(2);
            assertThat(damaged.eligibleLeaderReplicas()).containsExactly(3);
            assertThat(damaged.offlineReplicas()).containsExactly(4);
        }
    }

    private short widen(String topic, int count, boolean validateOnly) throws IOException {
        CreatePartitionsRequestData request = new CreatePartitionsRequestData().setValidateOnly(validateOnly);
        request.topics()
                .add(new CreatePartitionsTopic().setName(topic).setCount(count).setAssignments(null));
        return client.call(request, 3, CreatePartitionsResponseData.class)
                .results()
                .getFirst()
                .errorCode();
    }

    private static DescribeTopicPartitionsRequestData describe(String... topics) {
        return new DescribeTopicPartitionsRequestData()
                .setTopics(List.of(topics).stream()
                        .map(name -> new TopicRequest().setName(name))
                        .toList());
    }

    private static List<Integer> numbers(DescribeTopicPartitionsResponseData page, String topic) {
        return page.topics().find(topic).partitions().stream()
                .map(DescribeTopicPartitionsResponsePartition::partitionIndex)
                .toList();
    }
}
