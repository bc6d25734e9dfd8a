package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.millrace.v1.Compression;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProduceResponse;
import io.millrace.v1.ProduceResult;
import io.millrace.v1.ProducerRecord;
import org.junit.jupiter.api.Test;

class ProduceTest {
    private final GrpcDoor door = GrpcDoor.open();

    @Test
    void eachRecordHasItsResultInTheOrderOfTheRequest() {
        String topic = door.newTopic(1);

        ProduceResponse response = door.producer()
                .produce(request(topic)
                        .addRecords(GrpcDoor.record("a"))
                        .addRecords(GrpcDoor.record("b"))
                        .build());

        assertThat(response.getResultsList())
                .extracting(ProduceResult::getOffset)
                .containsExactly(0L, 1L);
    }

    @Test
    void aRecordThatFailsIsDataBesideOneThatSucceeds() {
        String topic = door.newTopic(1);

        ProduceResponse response = door.producer()
                .produce(request(topic)
                        .addRecords(GrpcDoor.record("a").toBuilder().setPartition(7))
                        .addRecords(GrpcDoor.record("b"))
                        .build());

        ProduceResult refused = response.getResults(0);
        assertThat(refused.getError().getKafkaError()).isEqualTo("UNKNOWN_TOPIC_OR_PARTITION");
        assertThat(refused.getError().getKafkaErrorCode()).isEqualTo(3);
        assertThat(response.getResults(1).hasError()).isFalse();
    }

    @Test
    void theTimestampOfTheSenderComesBack() {
        String topic = door.newTopic(1);
        Timestamp time = Timestamp.newBuilder()
                .setSeconds(1_700_000_000)
                .setNanos(5_000_000)
                .build();

        ProduceResponse response = door.producer()
                .produce(request(topic)
                        .addRecords(GrpcDoor.record("a").toBuilder().setTimestamp(time))
                        .build());

        assertThat(response.getResults(0).getTimestamp()).isEqualTo(time);
    }

    @Test
    void anIllegalTopicNameIsRefused() {
        Failure failure = Failure.of(() -> door.producer()
                .produce(request("../etc").addRecords(GrpcDoor.record("a")).build()));

        assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure.reason()).isEqualTo("INVALID_TOPIC_EXCEPTION");
    }

    @Test
    void aRequestWithoutRecordsIsRefused() {
        Failure failure = Failure.of(
                () -> door.producer().produce(request(door.newTopic(1)).build()));

        assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure.reason()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void aTimestampThatIsNoTimeIsRefusedWithTheNumberOfItsRecord() {
        ProducerRecord record = GrpcDoor.record("a").toBuilder()
                .setTimestamp(Timestamp.newBuilder().setNanos(-1))
                .build();

        Failure failure = Failure.of(() -> door.producer()
                .produce(request(door.newTopic(1)).addRecords(record).build()));

        assertThat(failure.message()).contains("Record 0");
    }

    @Test
    void aCodecThatIsNotKnownIsRefused() {
        Failure failure = Failure.of(() -> door.producer()
                .produce(request(door.newTopic(1))
                        .addRecords(GrpcDoor.record("a"))
                        .setCompressionValue(99)
                        .build()));

        assertThat(failure.reason()).isEqualTo("UNSUPPORTED_COMPRESSION_TYPE");
    }

    @Test
    void aRequestThatComesAgainIsAnsweredLikeTheFirstTime() {
        String topic = door.newTopic(3);
        ProduceRequest request = request(topic)
                .addRecords(GrpcDoor.record("a"))
                .addRecords(GrpcDoor.record("b"))
                .setRequestId("r-1 of " + topic)
                .build();

        ProduceResponse first = door.producer().produce(request);
        ProduceResponse again = door.producer().produce(request);

        assertThat(again.getResultsList())
                .extracting(ProduceResult::getPartition, ProduceResult::getOffset)
                .isEqualTo(first.getResultsList().stream()
                        .map(result -> tuple(result.getPartition(), result.getOffset()))
                        .toList());
        assertThat(first.getResults(1).getOffset()).isEqualTo(1);
    }

    @Test
    void compressedRecordsAreTaken() {
        String topic = door.newTopic(1);

        ProduceResponse response = door.producer()
                .produce(request(topic)
                        .addRecords(GrpcDoor.record("a".repeat(1000)))
                        .setCompression(Compression.COMPRESSION_ZSTD)
                        .build());

        assertThat(response.getResults(0).hasError()).isFalse();
    }

    @Test
    void aMessageOverTheLimitOfTheDoorIsRefusedByTheServer() {
        ProducerRecord large = ProducerRecord.newBuilder()
                .setValue(ByteString.copyFrom(new byte[1 << 20]))
                .build();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> door.producer()
                        .produce(request(door.newTopic(1)).addRecords(large).build())))
                .extracting(Status::fromThrowable)
                .extracting(Status::getCode)
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    private static ProduceRequest.Builder request(String topic) {
        return ProduceRequest.newBuilder().setTopic(topic);
    }
}
