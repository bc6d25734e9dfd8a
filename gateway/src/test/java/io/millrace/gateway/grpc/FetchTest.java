package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.grpc.Status;
import io.millrace.v1.FetchRequest;
import io.millrace.v1.FetchResponse;
import io.millrace.v1.Position;
import io.millrace.v1.Record;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchTest {
    private final GrpcDoor door = GrpcDoor.open();

    @Test
    void aFetchBringsRecordsAndWhereToGoOn() {
        String topic = door.newTopic(1);
        door.append(topic, "a", "b");

        FetchResponse first =
                door.consumer().fetch(at(topic, 0).setMaxRecords(1).build());
        FetchResponse second = door.consumer()
                .fetch(FetchRequest.newBuilder()
                        .setCursor(first.getNextCursor())
                        .build());

        assertThat(first.getRecordsList()).extracting(Record::getOffset).containsExactly(0L);
        assertThat(second.getRecordsList()).extracting(Record::getOffset).containsExactly(1L);
        assertThat(second.getCaughtUp()).isTrue();
        assertThat(second.getPartitions(0).getHighWatermark()).isEqualTo(2);
    }

    @Test
    void anEmptyPartitionAnswersAtOnceUnlessAWaitIsAskedFor() {
        FetchResponse response = door.consumer().fetch(at(door.newTopic(1), 0).build());

        assertThat(response.getRecordsList()).isEmpty();
    }

    @Test
    void senselessRequestsAreRefused() {
        String topic = door.newTopic(1);
        List<FetchRequest.Builder> senseless = List.of(
                FetchRequest.newBuilder(),
                at(topic, 0).setCursor("both"),
                at(topic, -1),
                at("a/b", 0),
                at(topic, 0).addPositions(Position.newBuilder().setTopic(topic)),
                at(topic, 0).setMaxRecords(1_000_000),
                at(topic, 0).setMaxBytes(-1),
                at(topic, 0).setMaxWait(Duration.newBuilder().setSeconds(100_000)),
                FetchRequest.newBuilder().setCursor("no cursor"));

        assertThat(senseless)
                .allSatisfy(request -> assertThat(
                                Failure.of(() -> door.consumer().fetch(request.build()))
                                        .code())
                        .isEqualTo(Status.Code.INVALID_ARGUMENT));
    }

    @Test
    void anUnknownPartitionIsNotFound() {
        Failure failure = Failure.of(() -> door.consumer()
                .fetch(FetchRequest.newBuilder()
                        .addPositions(
                                Position.newBuilder().setTopic(door.newTopic(1)).setPartition(3))
                        .build()));

        assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(failure.info().getMetadataMap()).containsEntry("partition", "3");
    }

    private static FetchRequest.Builder at(String topic, long offset) {
        return FetchRequest.newBuilder()
                .addPositions(Position.newBuilder().setTopic(topic).setOffset(offset));
    }
}
