package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.CreateTopicResponse;
import io.millrace.v1.DeleteRecordsRequest;
import io.millrace.v1.DeleteRecordsResponse;
import io.millrace.v1.DeleteTopicRequest;
import io.millrace.v1.GetTopicRequest;
import io.millrace.v1.ListOffsetsRequest;
import io.millrace.v1.ListTopicsRequest;
import io.millrace.v1.ListTopicsResponse;
import io.millrace.v1.Position;
import io.millrace.v1.StartPoint;
import io.millrace.v1.Topic;
import io.millrace.v1.UpdateTopicRequest;
import org.junit.jupiter.api.Test;

class TopicTest {
    private final GrpcDoor door = GrpcDoor.open();

    @Test
    void aTopicIsCreatedWithItsPartitions() {
        CreateTopicResponse response =
                door.topics().createTopic(creation("grpc-created", 3).build());

        assertThat(response.getCreated()).isTrue();
        assertThat(response.getTopic().getPartitionsCount()).isEqualTo(3);
        assertThat(response.getTopic().getTopicId()).isNotEmpty();
    }

    @Test
    void validatingCreatesNothing() {
        CreateTopicResponse response = door.topics()
                .createTopic(creation("grpc-validated", 1).setValidateOnly(true).build());

        assertThat(response.getCreated()).isFalse();
        assertThat(Failure.of(() -> get("grpc-validated")).code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void aTopicThatIsThereCannotBeCreatedAgain() {
        String name = door.newTopic(1);

        Failure failure =
                Failure.of(() -> door.topics().createTopic(creation(name, 1).build()));

        assertThat(failure.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(failure.reason()).isEqualTo("TOPIC_ALREADY_EXISTS");
    }

    @Test
    void aTopicThatIsThereWithTheSameSettingsIsFineIfAskedFor() {
        String name = door.newTopic(2);

        CreateTopicResponse response =
                door.topics().createTopic(creation(name, 2).setIfNotExists(true).build());

        assertThat(response.getCreated()).isFalse();
        assertThat(response.getTopic().getPartitionCount()).isEqualTo(2);
    }

    @Test
    void aTopicThatIsThereWithOtherSettingsIsNotAndTheDifferenceIsTold() {
        String name = door.newTopic(2);

        Failure failure = Failure.of(() ->
                door.topics().createTopic(creation(name, 5).setIfNotExists(true).build()));

        assertThat(failure.message()).contains("2 partitions rather than 5");
    }

    @Test
    void illegalCreationsAreRefused() {
        assertThat(Failure.of(() -> door.topics().createTopic(creation("a/b", 1).build()))
                        .reason())
                .isEqualTo("INVALID_TOPIC_EXCEPTION");
        assertThat(Failure.of(() -> door.topics().createTopic(creation("", 1).build()))
                        .reason())
                .isEqualTo("INVALID_TOPIC_EXCEPTION");
        assertThat(Failure.of(() ->
                                door.topics().createTopic(creation("grpc-x", -4).build()))
                        .reason())
                .isEqualTo("INVALID_PARTITIONS");
        assertThat(Failure.of(() -> door.topics()
                                .createTopic(creation("grpc-x", 1)
                                        .setTopic(topic("grpc-x", 1).putConfigs("no.such.config", "1"))
                                        .build()))
                        .reason())
                .isEqualTo("INVALID_CONFIG");
    }

    @Test
    void aTopicShowsTheEdgesOfItsPartitions() {
        String name = door.newTopic(1);
        door.append(name, "a", "b");

        assertThat(get(name).getPartitions(0).getHighWatermark()).isEqualTo(2);
        assertThat(get(name).getPartitions(0).getSizeBytes()).isPositive();
    }

    @Test
    void pagesFollowEachOther() {
        door.topics().createTopic(creation("paged-a", 1).build());
        door.topics().createTopic(creation("paged-b", 1).build());
        door.topics().createTopic(creation("paged-c", 1).build());
        ListTopicsRequest request = ListTopicsRequest.newBuilder()
                .setNamePattern("paged-*")
                .setPageSize(2)
                .build();

        ListTopicsResponse first = door.topics().listTopics(request);
        ListTopicsResponse second = door.topics()
                .listTopics(request.toBuilder()
                        .setPageToken(first.getNextPageToken())
                        .build());

        assertThat(first.getTopicsList()).extracting(Topic::getName).containsExactly("paged-a", "paged-b");
        assertThat(first.getTotalSize()).isEqualTo(3);
        assertThat(second.getTopicsList()).extracting(Topic::getName).containsExactly("paged-c");
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void aListHasTheFieldsOfItsMask() {
        String name = door.newTopic(2);

        Topic topic = door.topics()
                .listTopics(ListTopicsRequest.newBuilder()
                        .setNamePattern(name)
                        .setReadMask(FieldMask.newBuilder().addPaths("name").addPaths("partitions"))
                        .build())
                .getTopics(0);

        assertThat(topic.getPartitionsCount()).isEqualTo(2);
        assertThat(topic.getTopicId()).isEmpty();
    }

    @Test
    void aMaskWithAnUnknownFieldIsRefused() {
        Failure failure = Failure.of(() -> door.topics()
                .listTopics(ListTopicsRequest.newBuilder()
                        .setReadMask(FieldMask.newBuilder().addPaths("colour"))
                        .build()));

        assertThat(failure.message()).contains("colour");
    }

    @Test
    void partitionsAreAddedAndConfigsSetInOneUpdate() {
        String name = door.newTopic(1);

        Topic updated = update(topic(name, 4).putConfigs("retention.ms", "1000"), "partition_count", "configs");

        assertThat(updated.getPartitionCount()).isEqualTo(4);
        assertThat(updated.getConfigsMap()).containsEntry("retention.ms", "1000");
    }

    @Test
    void oneConfigGoesBackToItsDefaultAndTheOtherStays() {
        String name = door.newTopic(1);
        update(topic(name, 1).putConfigs("retention.ms", "1000").putConfigs("segment.ms", "5000"), "configs");

        Topic updated = update(topic(name, 1), "configs.retention.ms");

        assertThat(updated.getConfigsMap()).containsOnlyKeys("segment.ms");
    }

    @Test
    void fewerPartitionsAreRefused() {
        String name = door.newTopic(3);

        assertThat(Failure.of(() -> update(topic(name, 1), "partition_count")).reason())
                .isEqualTo("INVALID_PARTITIONS");
    }

    @Test
    void anUpdateThatChangesNothingIsRefused() {
        String name = door.newTopic(3);

        assertThat(Failure.of(() -> update(topic(name, 1))).code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(Failure.of(() -> update(topic(name, 1), "topic_id")).message())
                .contains("topic_id");
    }

    @Test
    void aDeletedTopicIsGone() {
        String name = door.newTopic(1);

        assertThat(delete(name, false)).isTrue();

        assertThat(Failure.of(() -> get(name)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(Failure.of(() -> delete(name, false)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(delete(name, true)).isFalse();
    }

    @Test
    void offsetsAreFoundAtTheEdgesAndBeforeTheEnd() {
        String name = door.newTopic(1);
        door.append(name, "a", "b", "c");

        assertThat(offset(name, StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_EARLIEST)))
                .isZero();
        assertThat(offset(name, StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_LATEST)))
                .isEqualTo(3);
        assertThat(offset(name, StartPoint.newBuilder().setEdge(StartPoint.Edge.EDGE_MAX_TIMESTAMP)))
                .isBetween(0L, 2L);
        assertThat(offset(name, StartPoint.newBuilder().setLast(2))).isEqualTo(1);
    }

    @Test
    void recordsBeforeAnOffsetAreDeletedAndFailuresAreData() {
        String name = door.newTopic(1);
        door.append(name, "a", "b", "c");

        DeleteRecordsResponse response = door.topics()
                .deleteRecords(DeleteRecordsRequest.newBuilder()
                        .addBefore(Position.newBuilder().setTopic(name).setOffset(2))
                        .addBefore(Position.newBuilder().setTopic("nobody-made-this"))
                        .build());

        assertThat(response.getPartitions(0).getLogStartOffset()).isEqualTo(2);
        assertThat(response.getPartitions(1).getError().getKafkaError()).isEqualTo("UNKNOWN_TOPIC_OR_PARTITION");
    }

    private Topic get(String name) {
        return door.topics()
                .getTopic(GetTopicRequest.newBuilder().setName(name).build())
                .getTopic();
    }

    private Topic update(Topic.Builder topic, String... paths) {
        FieldMask.Builder mask = FieldMask.newBuilder();
        for (String path : paths) {
            mask.addPaths(path);
        }
        return door.topics()
                .updateTopic(UpdateTopicRequest.newBuilder()
                        .setTopic(topic)
                        .setUpdateMask(mask)
                        .build())
                .getTopic();
    }

    private boolean delete(String name, boolean ifExists) {
        return door.topics()
                .deleteTopic(DeleteTopicRequest.newBuilder()
                        .setName(name)
                        .setIfExists(ifExists)
                        .build())
                .getDeleted();
    }

    private long offset(String topic, StartPoint.Builder at) {
        return door.topics()
                .listOffsets(ListOffsetsRequest.newBuilder()
                        .setTopic(topic)
                        .setAt(at)
                        .build())
                .getOffsets(0)
                .getOffset();
    }

    private static CreateTopicRequest.Builder creation(String name, int partitions) {
        return CreateTopicRequest.newBuilder().setTopic(topic(name, partitions));
    }

    private static Topic.Builder topic(String name, int partitions) {
        return Topic.newBuilder().setName(name).setPartitionCount(partitions);
    }
}
