package io.millrace.gateway.kafka.handler.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.core.api.HeldReplica;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.api.twin.UnaskedBroker;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopicCollection;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DescribeLogDirsTest {
    private static final List<LogDirectoryStatus> DIRECTORIES = List.of(
            new LogDirectoryStatus(
                    1,
                    "/var/a",
                    null,
                    3,
                    60,
                    1_000,
                    List.of(
                            new HeldReplica(new TopicPartition("orders", 0), 10, 0),
                            new HeldReplica(new TopicPartition("orders", 1), 20, 5),
                            new HeldReplica(new TopicPartition("bills", 0), 30, 0))),
            new LogDirectoryStatus(1, "/var/b", "No space left on device", 0, 0, 0),
            new LogDirectoryStatus(2, "/var/a", null, 0, 0, 500));

    private TestDoor door;
    private FrameClient client;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open(InMemoryController.withBroker(), new UnaskedBroker() {
            @Override
            public CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail) {
                assertThat(detail).isEqualTo(LogDirectoryDetail.REPLICAS);
                return CompletableFuture.completedFuture(DIRECTORIES);
            }
        });
        client = door.connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @Test
    void aClientThatHasSaidWhichBrokerItMeansIsToldOfThatBrokersDirectories() throws IOException {
        say(1);

        List<DescribeLogDirsResult> results = describe(null);

        assertThat(results).extracting(DescribeLogDirsResult::logDir).containsExactly("/var/a", "/var/b");
        assertThat(results.getFirst().usableBytes()).isEqualTo(1_000);
        assertThat(results.getFirst().topics().get(1).partitions())
                .extracting(
                        DescribeLogDirsPartition::partitionIndex,
                        DescribeLogDirsPartition::partitionSize,
                        DescribeLogDirsPartition::offsetLag)
                .containsExactly(tuple(0, 10L, 0L), tuple(1, 20L, 5L));
    }

    @Test
    void aDirectoryThatHasFailedIsToldOfAsFailed() throws IOException {
        say(1);

        assertThat(describe(null).get(1).errorCode()).isEqualTo(Errors.KAFKA_STORAGE_ERROR.code());
    }

    @Test
    void aClientThatHasNotSaidItIsToldOfAllWithTheBrokerInThePath() throws IOException {
        assertThat(describe(null))
                .extracting(DescribeLogDirsResult::logDir)
                .containsExactly("broker 1: /var/a", "broker 1: /var/b", "broker 2: /var/a");
    }

    @Test
    void onlyWhatIsNamedIsTold() throws IOException {
        say(1);
        DescribableLogDirTopicCollection topics = new DescribableLogDirTopicCollection();
        topics.add(new DescribableLogDirTopic().setTopic("orders").setPartitions(List.of(1, 7)));

        DescribeLogDirsResult result = describe(topics).getFirst();

        assertThat(result.topics()).hasSize(1);
        assertThat(result.topics().getFirst().partitions())
                .extracting(DescribeLogDirsPartition::partitionIndex)
                .containsExactly(1);
    }

    private void say(int broker) throws IOException {
        ApiVersionsRequestData hello = new ApiVersionsRequestData()
                .setClientSoftwareName("test")
                .setClientSoftwareVersion("1")
                .setClusterId(door.view().image().clusterId())
                .setNodeId(broker);
        client.call(hello, 5, ApiVersionsResponseData.class);
    }

    private List<DescribeLogDirsResult> describe(@Nullable DescribableLogDirTopicCollection topics) throws IOException {
        return client.call(new DescribeLogDirsRequestData().setTopics(topics), 5, DescribeLogDirsResponseData.class)
                .results();
    }
}
