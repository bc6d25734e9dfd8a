package io.millrace.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A producer whose whole request is refused, as there are no transactions. */
class RefusedProducerTest extends AtTheDoor {
    RefusedProducerTest() {
        super(1);
    }

    @Test
    void isToldThatATransactionalBatchNeedsATransactionalId() throws IOException {
        assertThat(errorOf(null)).isEqualTo(Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    }

    @Test
    void isToldThatThereAreNoTransactions() throws IOException {
        assertThat(errorOf("t")).isEqualTo(Errors.INVALID_TXN_STATE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "t")
    void learnsItByTheEndOfItsConnectionWhereItWaitsForNoResponse(@Nullable String transactionalId) throws IOException {
        client.send(request(transactionalId, 0), 9);

        assertThat(client.isEnded()).isTrue();
    }

    private Errors errorOf(@Nullable String transactionalId) throws IOException {
        ProduceResponseData response = client.call(request(transactionalId, -1), 9, ProduceResponseData.class);
        return Errors.forCode(response.responses()
                .iterator()
                .next()
                .partitionResponses()
                .getFirst()
                .errorCode());
    }

    private ProduceRequestData request(@Nullable String transactionalId, int acks) {
        SimpleRecord record = new SimpleRecord("hi".getBytes(StandardCharsets.UTF_8));
        ProduceRequestData request = new ProduceRequestData()
                .setTransactionalId(transactionalId)
                .setAcks((short) acks)
                .setTimeoutMs(1_000);
        request.topicData()
                .add(new ProduceRequestData.TopicProduceData()
                        .setName(topic)
                        .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                                .setRecords(MemoryRecords.withTransactionalRecords(
                                        Compression.NONE, 7, (short) 0, 0, record)))));
        return request;
    }
}
