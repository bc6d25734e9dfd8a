package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.millrace.v1.ProduceStreamRequest;
import io.millrace.v1.ProduceStreamResponse;
import io.millrace.v1.ProducerRecord;
import io.millrace.v1.ProducerServiceGrpc;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProduceStreamTest {
    private static final GrpcLimits LIMITS = new GrpcLimits(1 << 20, 10, 1 << 20, 5, Duration.ofSeconds(10));

    private final GrpcDoor door = GrpcDoor.open();

    @Test
    void batchesAreAcknowledgedInTheirOrder() throws Exception {
        ReceivedStream<ProduceStreamResponse> answers = new ReceivedStream<>();
        var stream = opened(answers, door.newTopic(1));

        stream.onNext(batch(1, "a", "b"));
        stream.onNext(batch(2, "c"));
        stream.onCompleted();

        assertThat(answers.next().getAck().getResultsList())
                .extracting(io.millrace.v1.ProduceResult::getOffset)
                .containsExactly(0L, 1L);
        assertThat(answers.next().getAck().getSequence()).isEqualTo(2);
        assertThat(answers.end()).isNull();
    }

    @Test
    void openingTellsTheCredit() throws Exception {
        ReceivedStream<ProduceStreamResponse> answers = new ReceivedStream<>();
        var stream = ProducerServiceGrpc.newStub(door.channel()).produceStream(answers);

        stream.onNext(open(door.newTopic(1)));

        ProduceStreamResponse.Opened opened = answers.next().getOpened();
        assertThat(opened.getCredit().getBatches()).isEqualTo(GrpcDoor.STREAM_BATCHES);
        assertThat(opened.getMaxBatchBytes()).isPositive();
        answers.cancel();
    }

    @Test
    void aBatchBeforeOpenIsRefused() throws Exception {
        ReceivedStream<ProduceStreamResponse> answers = new ReceivedStream<>();
        var stream = ProducerServiceGrpc.newStub(door.channel()).produceStream(answers);

        stream.onNext(batch(1, "a"));

        assertThat(Failure.of(answers.end()).code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void aGapInTheSequencesIsRefused() throws Exception {
        ReceivedStream<ProduceStreamResponse> answers = new ReceivedStream<>();
        var stream = opened(answers, door.newTopic(1));

        stream.onNext(batch(2, "a"));

        assertThat(Failure.of(answers.end()).message()).contains("batch 1 was due");
    }

    @Test
    void aBatchWithoutRecordsIsRefused() throws Exception {
        ReceivedStream<ProduceStreamResponse> answers = new ReceivedStream<>();
        var stream = opened(answers, door.newTopic(1));

        stream.onNext(batch(1));

        assertThat(Failure.of(answers.end()).message()).contains("Batch 1 has no records");
    }

    @Test
    void aTopicThatIsUnknownFailsTheRecordsAndNotTheStream() throws Exception {
        ReceivedStream<ProduceStreamResponse> answers = new ReceivedStream<>();
        var stream = opened(answers, "nobody-made-this");

        stream.onNext(batch(1, "a"));

        assertThat(answers.next().getAck().getResults(0).getError().getKafkaError())
                .isEqualTo("UNKNOWN_TOPIC_OR_PARTITION");
        answers.cancel();
    }

    @Test
    void aRecordThatMakesNoSenseFailsItsBatchAndNotTheStream() throws Exception {
        ReceivedStream<ProduceStreamResponse> answers = new ReceivedStream<>();
        var stream = opened(answers, door.newTopic(1));
        ProducerRecord senseless =
                GrpcDoor.record("a").toBuilder().setPartition(-1).build();

        stream.onNext(batch(1, List.of(senseless)));
        stream.onNext(batch(2, "b"));

        assertThat(answers.next().getAck().getResults(0).getError().getKafkaError())
                .isEqualTo("INVALID_REQUEST");
        assertThat(answers.next().getAck().getResults(0).hasError()).isFalse();
        answers.cancel();
    }

    @Test
    void aStreamThatResumesStoresNoBatchTwice() throws Exception {
        String topic = door.newTopic(3);
        ReceivedStream<ProduceStreamResponse> before = new ReceivedStream<>();
        var broken = resumed(before, topic, 0);
        broken.onNext(batch(1, "a", "b"));
        broken.onNext(batch(2, "c"));
        ProduceStreamResponse first = before.next();
        ProduceStreamResponse second = before.next();
        before.cancel();

        ReceivedStream<ProduceStreamResponse> answers = new ReceivedStream<>();
        var stream = resumed(answers, topic, 1);
        stream.onNext(batch(2, "c"));
        stream.onNext(batch(3, "d"));

        assertThat(offsets(answers.next())).isEqualTo(offsets(second));
        assertThat(offsets(answers.next())).containsExactly(3L);
        assertThat(offsets(first)).containsExactly(0L, 1L);
        answers.cancel();
    }

    @Test
    void whoHasNoNameHasNothingToResume() throws Exception {
        ReceivedStream<ProduceStreamResponse> answers = new ReceivedStream<>();
        var stream = ProducerServiceGrpc.newStub(door.channel()).produceStream(answers);

        stream.onNext(ProduceStreamRequest.newBuilder()
                .setOpen(ProduceStreamRequest.Open.newBuilder()
                        .setTopic(door.newTopic(1))
                        .setResumeAfterSequence(7))
                .build());

        assertThat(Failure.of(answers.end()).code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    private StreamObserver<ProduceStreamRequest> resumed(
            ReceivedStream<ProduceStreamResponse> answers, String topic, long after) throws Exception {
        var stream = ProducerServiceGrpc.newStub(door.channel()).produceStream(answers);
        stream.onNext(ProduceStreamRequest.newBuilder()
                .setOpen(ProduceStreamRequest.Open.newBuilder()
                        .setTopic(topic)
                        .setProducerId("p-1 of " + topic)
                        .setResumeAfterSequence(after))
                .build());
        assertThat(answers.next().getOpened().getProducerId()).isEqualTo("p-1 of " + topic);
        return stream;
    }

    private static List<Long> offsets(ProduceStreamResponse answer) {
        return answer.getAck().getResultsList().stream()
                .map(result -> result.getOffset())
                .toList();
    }

    @Test
    void aClientThatNeverReadsIsCutOffWhenItOverrunsItsCredit() {
        UnreadCall<ProduceStreamResponse> call = new UnreadCall<>();
        var stream = new ProduceStreamCall(call, door.recordProducer(), LIMITS).begin(new OpenCalls());
        stream.onNext(open(door.newTopic(1)));

        for (int sequence = 1; sequence <= LIMITS.streamBatchesMax() + 1; sequence++) {
            stream.onNext(batch(sequence, "a"));
        }

        Failure failure = Failure.of(call.failure());
        assertThat(failure.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(failure.message()).contains("overruns the credit of 10 batches");
        assertThat(call.sent()).as("only Opened").hasSize(1);
    }

    @Test
    void aClientThatNeverReadsIsNotReadOnWhenItHasManyRecordsUnderWay() {
        UnreadCall<ProduceStreamResponse> call = new UnreadCall<>();
        var stream = new ProduceStreamCall(call, door.recordProducer(), LIMITS).begin(new OpenCalls());
        stream.onNext(open(door.newTopic(1)));
        int requestedBefore = call.requested();

        stream.onNext(batch(1, "a", "b", "c", "d", "e", "f"));

        assertThat(call.requested()).isEqualTo(requestedBefore);
    }

    @Test
    void aStreamOfAGatewayThatStopsTakesNothingMoreAndSaysWhyItEnds() {
        UnreadCall<ProduceStreamResponse> call = new UnreadCall<>();
        OpenCalls calls = new OpenCalls();
        var stream = new ProduceStreamCall(call, door.recordProducer(), LIMITS).begin(calls);
        String topic = door.newTopic(1);
        stream.onNext(open(topic));
        assertThat(calls.count()).isEqualTo(1);

        calls.stop();
        stream.onNext(batch(1, "too late"));

        assertThat(Failure.of(call.failure()).code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(call.sent()).as("only Opened").hasSize(1);
    }

    @Test
    void aStreamOfAGatewayThatStopsWaitsForTheAcknowledgementOfWhatItTook() {
        UnreadCall<ProduceStreamResponse> call = new UnreadCall<>();
        OpenCalls calls = new OpenCalls();
        var stream = new ProduceStreamCall(call, door.recordProducer(), LIMITS).begin(calls);
        stream.onNext(open(door.newTopic(1)));
        stream.onNext(batch(1, "in time"));

        calls.stop();

        assertThat(call.hasFailed()).isFalse();
    }

    @Test
    void cancellingLeavesTheDoorServing() throws Exception {
        ReceivedStream<ProduceStreamResponse> answers = new ReceivedStream<>();
        String topic = door.newTopic(1);
        var stream = opened(answers, topic);
        stream.onNext(batch(1, "a"));
        answers.next();

        answers.cancel();

        assertThat(Status.fromThrowable(answers.end()).getCode()).isEqualTo(Status.Code.CANCELLED);
        door.append(topic, "b");
    }

    private io.grpc.stub.StreamObserver<ProduceStreamRequest> opened(
            ReceivedStream<ProduceStreamResponse> answers, String topic) throws InterruptedException {
        var stream = ProducerServiceGrpc.newStub(door.channel()).produceStream(answers);
        stream.onNext(open(topic));
        assertThat(answers.next().hasOpened()).isTrue();
        return stream;
    }

    private static ProduceStreamRequest open(String topic) {
        return ProduceStreamRequest.newBuilder()
                .setOpen(ProduceStreamRequest.Open.newBuilder().setTopic(topic))
                .build();
    }

    private static ProduceStreamRequest batch(long sequence, String... values) {
        return batch(sequence, List.of(values).stream().map(GrpcDoor::record).toList());
    }

    private static ProduceStreamRequest batch(long sequence, List<ProducerRecord> records) {
        return ProduceStreamRequest.newBuilder()
                .setBatch(ProduceStreamRequest.Batch.newBuilder()
                        .setSequence(sequence)
                        .addAllRecords(records))
                .build();
    }
}
