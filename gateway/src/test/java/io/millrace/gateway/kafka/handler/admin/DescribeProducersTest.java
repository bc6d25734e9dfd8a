package io.millrace.gateway.kafka.handler.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.kafka.AtTheDoor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.DescribeProducersResponseData.PartitionResponse;
import org.apache.kafka.common.message.DescribeProducersResponseData.ProducerState;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

class DescribeProducersTest extends AtTheDoor {
    DescribeProducersTest() {
        super(2);
    }

    @Test
    void aProducerIsToldAsKafkaTellsOneWithoutATransaction() throws IOException {
        produce(7, 3, 0, "a", "b");

        assertThat(describe(topic, List.of(0)).getFirst().activeProducers())
                .containsExactly(new ProducerState()
                        .setProducerId(7)
                        .setProducerEpoch(3)
                        .setLastSequence(1)
                        .setLastTimestamp(5_000)
                        .setCoordinatorEpoch(-1)
                        .setCurrentTxnStartOffset(-1));
    }

    @Test
    void aPartitionThatNobodyWroteToHasNone() throws IOException {
        produce(7, 3, 0, "a");

        PartitionResponse empty = describe(topic, List.of(1)).getFirst();

        assertThat(empty.errorCode()).isZero();
        assertThat(empty.activeProducers()).isEmpty();
    }

    @Test
    void whatThereIsNotIsRefusedPartByPart() throws IOException {
        assertThat(describe(topic, List.of(-1, 0, 2)))
                .extracting(PartitionResponse::errorCode)
                .containsExactly(
                        Errors.UNKNOWN_TOPIC_OR_PARTITION.code(),
                        Errors.NONE.code(),
                        Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(describe("nowhere", List.of(0)).getFirst().errorCode())
                .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(describe("no/topic", List.of(0)).getFirst().errorCode())
                .isEqualTo(Errors.INVALID_TOPIC_EXCEPTION.code());
    }

    @Test
    void aPartitionThatHasMoreThanItsShareOfALargeAnswerIsRefused() throws IOException {
        int asked = 10_000;
        int share = DescribeProducersHandler.PRODUCERS_MAX / asked;
        for (int producer = 0; producer <= share; producer++) {
            produce(producer, 0, 0, "a");
        }

        PartitionResponse first = describe(topic, Collections.nCopies(asked, 0)).getFirst();

        assertThat(first.errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(first.errorMessage()).contains((share + 1) + " producers");
        assertThat(first.activeProducers()).isEmpty();
    }

    private List<PartitionResponse> describe(String name, List<Integer> partitions) throws IOException {
        DescribeProducersRequestData request = new DescribeProducersRequestData();
        request.topics().add(new TopicRequest().setName(name).setPartitionIndexes(partitions));
        return client.call(request, 0, DescribeProducersResponseData.class)
                .topics()
                .getFirst()
                .partitions();
    }

    private void produce(long producerId, int epoch, int sequence, String... values) throws IOException {
        SimpleRecord[] records = List.of(values).stream()
                .map(value -> new SimpleRecord(5_000, value.getBytes(StandardCharsets.UTF_8)))
                .toArray(SimpleRecord[]::new);
        ProduceRequestData request =
                new ProduceRequestData().setAcks((short) -1).setTimeoutMs(1_000);
        request.topicData()
                .add(new ProduceRequestData.TopicProduceData()
                        .setName(topic)
                        .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                                .setRecords(MemoryRecords.withIdempotentRecords(
                                        Compression.NONE, producerId, (short) epoch, sequence, records)))));
        client.call(request, 9, ProduceResponseData.class);
    }
}
