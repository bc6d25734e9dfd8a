package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.millrace.v1.ConsumerServiceGrpc;
import io.millrace.v1.ReadRequest;
import io.millrace.v1.ReadResponse;
import io.millrace.v1.Record;
import io.millrace.v1.RecordFilter;
import io.millrace.v1.StartPoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadTest {
    private static final StartPoint EARLIEST =
            StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_EARLIEST).build();

    private final GrpcDoor door = GrpcDoor.open();

    @Test
    void readingUntilTheEndBringsEveryRecordAndEnds() {
        String topic = door.newTopic(1);
        door.append(topic, "a", "b", "c");

        assertThat(values(from(topic, EARLIEST).setUntilEnd(true))).containsExactly("a", "b", "c");
    }

    @Test
    void aLimitOfRecordsEndsTheStream() {
        String topic = door.newTopic(1);
        door.append(topic, "a", "b", "c");

        assertThat(values(from(topic, EARLIEST).setMaxRecords(2))).containsExactly("a", "b");
    }

    @Test
    void theLastRecordsAreThoseBeforeTheEnd() {
        String topic = door.newTopic(1);
        door.append(topic, "a", "b", "c");

        assertThat(values(
                        from(topic, StartPoint.newBuilder().setLast(2).build()).setUntilEnd(true)))
                .containsExactly("b", "c");
    }

    @Test
    void anOffsetIsAStartingPoint() {
        String topic = door.newTopic(1);
        door.append(topic, "a", "b", "c");

        assertThat(values(from(topic, StartPoint.newBuilder().setOffset(2).build())
                        .setUntilEnd(true)))
                .containsExactly("c");
    }

    @Test
    void aTimeInTheFutureLeadsToTheEnd() {
        String topic = door.newTopic(1);
        door.append(topic, "a");
        Timestamp future = Timestamp.newBuilder().setSeconds(4_000_000_000L).build();

        assertThat(values(
                        from(topic, StartPoint.newBuilder().setTimestamp(future).build())
                                .setUntilEnd(true)))
                .isEmpty();
    }

    @Test
    void anAgeIsAStartingPoint() {
        String topic = door.newTopic(1);
        door.append(topic, "a");
        StartPoint hourAgo = StartPoint.newBuilder()
                .setAgo(Duration.newBuilder().setSeconds(3600))
                .build();

        assertThat(values(from(topic, hourAgo).setUntilEnd(true))).containsExactly("a");
    }

    @Test
    void aCursorGoesOnBehindTheRecordsItCameWith() {
        String topic = door.newTopic(1);
        door.append(topic, "a", "b", "c");
        ReadResponse last = last(from(topic, EARLIEST).setMaxRecords(2));

        ReadRequest.Builder onward = ReadRequest.newBuilder()
                .setStart(StartPoint.newBuilder().setCursor(last.getCursor()))
                .setUntilEnd(true);

        assertThat(values(onward)).containsExactly("c");
    }

    @Test
    void aFilterLetsOnlyItsRecordsThrough() {
        String topic = door.newTopic(1);
        door.append(topic, "apple", "pear", "pineapple");

        assertThat(values(from(topic, EARLIEST)
                        .setUntilEnd(true)
                        .setFilter(RecordFilter.newBuilder().setValueContains("apple"))))
                .containsExactly("apple", "pineapple");
    }

    @Test
    void theLastResponseOfCatchingUpSaysSo() {
        String topic = door.newTopic(1);
        door.append(topic, "a", "b");

        ReadResponse.Progress progress =
                last(from(topic, EARLIEST).setUntilEnd(true)).getProgress();

        assertThat(progress.getCaughtUp()).isTrue();
        assertThat(progress.getRecordsScanned()).isEqualTo(2);
        assertThat(progress.getRecordsToEnd()).isZero();
    }

    @Test
    void withoutAStartOnlyWhatIsWrittenFromThenOnComes() throws Exception {
        String topic = door.newTopic(1);
        door.append(topic, "before");
        ReceivedStream<ReadResponse> answers = new ReceivedStream<>();
        ConsumerServiceGrpc.newStub(door.channel())
                .read(ReadRequest.newBuilder().addTopics(topic).setMaxRecords(1).build(), answers);
        answers.next();

        door.append(topic, "after");

        ReadResponse response = answers.next();
        while (response.getRecordsCount() == 0) {
            response = answers.next();
        }
        assertThat(response.getRecords(0).getValue()).isEqualTo(ByteString.copyFromUtf8("after"));
        assertThat(answers.end()).isNull();
    }

    @Test
    void aClientThatReadsNothingIsSentLittle() throws Exception {
        String topic = door.newTopic(1);
        String large = "x".repeat(200_000);
        for (int i = 0; i < 100; i++) {
            door.append(topic, large);
        }
        ReceivedStream<ReadResponse> answers = ReceivedStream.unread();

        ConsumerServiceGrpc.newStub(door.newChannel())
                .read(from(topic, EARLIEST).setUntilEnd(true).build(), answers);
        door.append(topic, "the door serves others meanwhile");

        assertThat(answers.waiting()).isZero();
        answers.readAll();
        assertThat(answers.end()).isNull();
    }

    @Test
    void cancellingEndsAReadThatWaits() throws Exception {
        ReceivedStream<ReadResponse> answers = new ReceivedStream<>();
        ConsumerServiceGrpc.newStub(door.channel())
                .read(ReadRequest.newBuilder().addTopics(door.newTopic(1)).build(), answers);
        answers.next();

        answers.cancel();

        assertThat(Status.fromThrowable(answers.end()).getCode()).isEqualTo(Status.Code.CANCELLED);
    }

    @Test
    void anUnknownTopicIsNotFound() {
        Failure failure = Failure.of(() -> values(from("nobody-made-this", EARLIEST)));

        assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(failure.info().getMetadataMap()).containsEntry("topic", "nobody-made-this");
    }

    @Test
    void anOffsetBehindTheEndIsOutOfRangeAndTellsTheEdges() {
        String topic = door.newTopic(1);
        door.append(topic, "a");

        Failure failure = Failure.of(() ->
                values(from(topic, StartPoint.newBuilder().setOffset(1_000).build())));

        assertThat(failure.code()).isEqualTo(Status.Code.OUT_OF_RANGE);
        assertThat(failure.info().getMetadataMap()).containsEntry("log_end_offset", "1");
    }

    @Test
    void senselessRequestsAreRefused() {
        String topic = door.newTopic(1);
        List<ReadRequest.Builder> senseless = List.of(
                ReadRequest.newBuilder(),
                from("..", EARLIEST),
                from(topic, EARLIEST).setMaxRecords(-1),
                from(topic, StartPoint.newBuilder().setOffset(-5).build()),
                from(topic, StartPoint.newBuilder().setLast(-1).build()),
                from(topic, StartPoint.newBuilder().setCursor("no cursor").build()),
                ReadRequest.newBuilder().setStart(StartPoint.newBuilder().setCursor("no cursor")),
                from(topic, EARLIEST).setIsolationLevelValue(77));

        assertThat(senseless)
                .allSatisfy(request ->
                        assertThat(Failure.of(() -> values(request)).code()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    }

    @Test
    void anExpressionInCelIsRefusedBecauseNobodyEvaluatesIt() {
        Failure failure = Failure.of(() -> values(from(door.newTopic(1), EARLIEST)
                .setFilter(RecordFilter.newBuilder().setCel("true"))));

        assertThat(failure.code()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    private static ReadRequest.Builder from(String topic, StartPoint start) {
        return ReadRequest.newBuilder().addTopics(topic).setStart(start);
    }

    private List<String> values(ReadRequest.Builder request) {
        List<String> values = new ArrayList<>();
        door.consumer()
                .read(request.build())
                .forEachRemaining(response -> response.getRecordsList().stream()
                        .map(Record::getValue)
                        .map(ByteString::toStringUtf8)
                        .forEach(values::add));
        return values;
    }

    private ReadResponse last(ReadRequest.Builder request) {
        ReadResponse[] last = {ReadResponse.getDefaultInstance()};
        door.consumer().read(request.build()).forEachRemaining(response -> last[0] = response);
        return last[0];
    }
}
