package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/** Fetch sessions (KIP-227). */
class FetchSessionTest extends AtTheDoor {
    private static final int VERSION = 12;

    FetchSessionTest() {
        super(3);
    }

    @Test
    void theFirstFetchTellsOfEveryPartitionAndBeginsASession() throws IOException {
        FetchResponseData first = fetch(0, 0, 0, 1, 2);

        assertThat(first.errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(first.sessionId()).isPositive();
        assertThat(partitionsOf(first)).containsExactly(0, 1, 2);
    }

    @Test
    void theNextFetchNamesNothingAndIsToldOnlyWhatIsNew() throws IOException {
        int session = fetch(0, 0, 0, 1, 2).sessionId();
        produce(1);

        FetchResponseData second = fetch(session, 1);

        assertThat(partitionsOf(second)).containsExactly(1);
        assertThat(second.sessionId()).isEqualTo(session);
    }

    @Test
    void whatWasToldIsNotToldAgain() throws IOException {
        int session = fetch(0, 0, 0, 1, 2).sessionId();

        assertThat(fetch(session, 1).responses()).isEmpty();
        assertThat(fetch(session, 2).responses()).isEmpty();
    }

    @Test
    void aPartitionThatIsForgottenIsNotToldOfAnyMore() throws IOException {
        int session = fetch(0, 0, 0, 1, 2).sessionId();
        produce(1);

        FetchResponseData second = client.call(
                request(session, 1)
                        .setForgottenTopicsData(
                                List.of(new ForgottenTopic().setTopic(topic).setPartitions(List.of(1)))),
                VERSION,
                FetchResponseData.class);

        assertThat(second.responses()).isEmpty();
    }

    @Test
    void anEpochOutOfTurnIsRefused() throws IOException {
        int session = fetch(0, 0, 0).sessionId();

        assertThat(fetch(session, 2).errorCode()).isEqualTo(Errors.INVALID_FETCH_SESSION_EPOCH.code());
    }

    @Test
    void aSessionOfAnotherConnectionIsNotKnown() throws IOException {
        int session = fetch(0, 0, 0).sessionId();
        client.close();
        client = door.connect();

        assertThat(fetch(session, 1).errorCode()).isEqualTo(Errors.FETCH_SESSION_ID_NOT_FOUND.code());
    }

    @Test
    void whoWantsNoSessionGetsNone() throws IOException {
        FetchResponseData only = fetch(0, -1, 0, 1);

        assertThat(only.sessionId()).isZero();
        assertThat(partitionsOf(only)).containsExactly(0, 1);
    }

    private FetchResponseData fetch(int session, int epoch, int... partitions) throws IOException {
        return client.call(request(session, epoch, partitions), VERSION, FetchResponseData.class);
    }

    private FetchRequestData request(int session, int epoch, int... partitions) {
        List<FetchPartition> parts = IntStream.of(partitions)
                .mapToObj(partition ->
                        new FetchPartition().setPartition(partition).setPartitionMaxBytes(1 << 20))
                .toList();
        return new FetchRequestData()
                .setSessionId(session)
                .setSessionEpoch(epoch)
                .setTopics(
                        parts.isEmpty()
                                ? List.of()
                                : List.of(new FetchTopic().setTopic(topic).setPartitions(parts)));
    }

    private void produce(int partition) throws IOException {
        MemoryRecords records =
                MemoryRecords.withRecords(Compression.NONE, new SimpleRecord("v".getBytes(StandardCharsets.UTF_8)));
        TopicProduceDataCollection topics = new TopicProduceDataCollection();
        topics.add(new TopicProduceData()
                .setName(topic)
                .setPartitionData(
                        List.of(new PartitionProduceData().setIndex(partition).setRecords(records))));
        ProduceResponseData response = client.call(
                new ProduceRequestData()
                        .setAcks((short) -1)
                        .setTimeoutMs(10_000)
                        .setTopicData(topics),
                9,
                ProduceResponseData.class);
        assertThat(response.responses()
                        .iterator()
                        .next()
                        .partitionResponses()
                        .getFirst()
                        .errorCode())
                .isEqualTo(Errors.NONE.code());
    }

    private static List<Integer> partitionsOf(FetchResponseData response) {
        return response.responses().stream()
                .flatMap(each -> each.partitions().stream())
                .map(FetchResponseData.PartitionData::partitionIndex)
                .toList();
    }
}
