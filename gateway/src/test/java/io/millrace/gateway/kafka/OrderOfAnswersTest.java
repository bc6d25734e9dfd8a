package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderOfAnswersTest {
    private static final ApiVersionsRequestData LONG = new ApiVersionsRequestData()
            .setClientSoftwareName("x".repeat(2_000))
            .setClientSoftwareVersion("1");

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
    void metadataRightBehindApiVersionsIsAnsweredBehindIt() throws IOException {
        int versions = client.send(new ApiVersionsRequestData(), 0);
        int metadata = client.send(new MetadataRequestData(), 0);

        client.receive(versions, ApiKeys.API_VERSIONS.id, 0, ApiVersionsResponseData.class);
        MetadataResponseData answer = client.receive(metadata, ApiKeys.METADATA.id, 0, MetadataResponseData.class);

        assertThat(answer.brokers()).isNotEmpty();
    }

    @Test
    void whatIsReadyEarlierWaitsForAFetchBeforeIt() throws IOException {
        int fetch = client.send(waitingFetch(door.newTopic(1), 300), 12);
        int versions = client.send(new ApiVersionsRequestData(), 0);

        client.receive(fetch, ApiKeys.FETCH.id, 12, FetchResponseData.class);
        client.receive(versions, ApiKeys.API_VERSIONS.id, 0, ApiVersionsResponseData.class);
    }

    @Test
    void aConnectionThatSendsMoreThanItMayIsReadOnLaterAndMissesNothing() throws IOException {
        String topic = door.newTopic(1);
        int sent = 3 * TestDoor.OPTIONS.requestsInFlightMax();
        int first = client.send(waitingFetch(topic, 200), 12);
        for (int i = 1; i < sent; i++) {
            client.send(new ApiVersionsRequestData(), 0);
        }

        client.receive(first, ApiKeys.FETCH.id, 12, FetchResponseData.class);
        for (int i = 1; i < sent; i++) {
            client.receive(first + i, ApiKeys.API_VERSIONS.id, 0, ApiVersionsResponseData.class);
        }
    }

    @Test
    void aClientThatTakesNoAnswersIsNotReadOnAndGetsThemAllLater() throws Exception {
        int sent = 40_000;
        CountDownLatch written = new CountDownLatch(1);
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < sent; i++) {
                    client.sendRaw(FrameClient.frame(LONG, 3, i));
                }
                written.countDown();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(written.await(2, TimeUnit.SECONDS)).as("all was read").isFalse();

        for (int i = 0; i < sent; i++) {
            client.receive(i, ApiKeys.API_VERSIONS.id, 3, ApiVersionsResponseData.class);
        }
        writer.join();
    }

    private static FetchRequestData waitingFetch(String topic, int millis) {
        return new FetchRequestData()
                .setMaxWaitMs(millis)
                .setMinBytes(1)
                .setTopics(List.of(new FetchTopic()
                        .setTopic(topic)
                        .setPartitions(
                                List.of(new FetchPartition().setPartition(0).setPartitionMaxBytes(1 << 20)))));
    }
}
