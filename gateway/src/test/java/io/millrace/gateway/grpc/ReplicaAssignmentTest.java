package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.CreateTopicResponse;
import io.millrace.v1.ReplicaAssignment;
import io.millrace.v1.Topic;
import io.millrace.v1.UpdateTopicRequest;
import org.junit.jupiter.api.Test;

/** Replicas that are placed by hand, in a cluster of one broker, number 0. */
class ReplicaAssignmentTest {
    private final GrpcDoor door = GrpcDoor.open();

    @Test
    void aTopicIsCreatedWhereItsCreatorSays() {
        CreateTopicResponse response = door.topics()
                .createTopic(creation("grpc-placed")
                        .addReplicaAssignments(on(0))
                        .addReplicaAssignments(on(0))
                        .build());

        assertThat(response.getTopic().getPartitionCount()).isEqualTo(2);
        assertThat(response.getTopic().getPartitions(1).getReplicasList()).containsExactly(0);
    }

    @Test
    void anImpossibleAssignmentIsRefused() {
        Failure failure = Failure.of(() -> door.topics()
                .createTopic(creation("grpc-unplaced")
                        .addReplicaAssignments(on(0))
                        .addReplicaAssignments(on(7))
                        .build()));

        assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure.reason()).isEqualTo("INVALID_REPLICA_ASSIGNMENT");
        assertThat(failure.message()).contains("Partition 1", "7");
    }

    @Test
    void aTopicThatIsThereWithItsReplicasElsewhereIsNotTheSame() {
        String name = door.newTopic(1);
        CreateTopicRequest.Builder creation = creation(name).setIfNotExists(true);

        CreateTopicResponse same =
                door.topics().createTopic(creation.addReplicaAssignments(on(0)).build());
        Failure other = Failure.of(() ->
                door.topics().createTopic(creation.addReplicaAssignments(on(0)).build()));

        assertThat(same.getCreated()).isFalse();
        assertThat(other.message()).contains("replicas on other brokers");
    }

    @Test
    void partitionsAreAddedWhereTheirAdderSays() {
        String name = door.newTopic(1);

        Topic widened = door.topics()
                .updateTopic(widening(name, 0)
                        .addReplicaAssignments(on(0))
                        .addReplicaAssignments(on(0))
                        .build())
                .getTopic();

        assertThat(widened.getPartitionCount()).isEqualTo(3);
    }

    @Test
    void addedPartitionsHaveToAgreeWithTheirCount() {
        String name = door.newTopic(1);

        Failure failure = Failure.of(() -> door.topics()
                .updateTopic(widening(name, 4).addReplicaAssignments(on(0)).build()));

        assertThat(failure.reason()).isEqualTo("INVALID_REPLICA_ASSIGNMENT");
    }

    @Test
    void aCheckedChangeOfConfigsIsNotMadeWhenThePartitionsCannotBeAdded() {
        String name = door.newTopic(1);
        UpdateTopicRequest.Builder update = widening(name, 0).addReplicaAssignments(on(7));
        update.getUpdateMaskBuilder().addPaths("configs.retention.ms");
        update.getTopicBuilder().putConfigs("retention.ms", "5");

        Failure failure = Failure.of(() -> door.topics().updateTopic(update.build()));

        assertThat(failure.reason()).isEqualTo("INVALID_REPLICA_ASSIGNMENT");
        assertThat(door.topics()
                        .createTopic(creation(name).setIfNotExists(true).build())
                        .getTopic()
                        .getConfigsMap())
                .isEmpty();
    }

    @Test
    void assignmentsWithoutPartitionsToAddAreAmistake() {
        String name = door.newTopic(1);
        UpdateTopicRequest.Builder update = widening(name, 0).addReplicaAssignments(on(0));
        update.getUpdateMaskBuilder().clear().addPaths("configs");

        assertThat(Failure.of(() -> door.topics().updateTopic(update.build())).message())
                .contains("replica_assignments", "partition_count");
    }

    private static CreateTopicRequest.Builder creation(String name) {
        return CreateTopicRequest.newBuilder().setTopic(Topic.newBuilder().setName(name));
    }

    private static UpdateTopicRequest.Builder widening(String name, int count) {
        return UpdateTopicRequest.newBuilder()
                .setTopic(Topic.newBuilder().setName(name).setPartitionCount(count))
                .setUpdateMask(FieldMask.newBuilder().addPaths("partition_count"));
    }

    private static ReplicaAssignment on(int broker) {
        return ReplicaAssignment.newBuilder().addBrokerIds(broker).build();
    }
}
