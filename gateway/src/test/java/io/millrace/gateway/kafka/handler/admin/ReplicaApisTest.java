package io.millrace.gateway.kafka.handler.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.ReplicatedCluster;
import io.millrace.gateway.kafka.FrameClient;
import io.millrace.gateway.kafka.TestDoor;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.ElectLeadersResponseData.PartitionResult;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData.ListPartitionReassignmentsTopics;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData.OngoingPartitionReassignment;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicaApisTest {
    private final ReplicatedCluster cluster = new ReplicatedCluster();
    private TestDoor door;
    private FrameClient client;

    @BeforeEach
    void open() throws IOException {
        door = TestDoor.open(cluster, cluster.brokers());
        client = door.connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
        assertThat(door.bugs()).isEmpty();
    }

    @Test
    void movesUnderWayAreListed() throws IOException {
        ListPartitionReassignmentsResponseData all = list(new ListPartitionReassignmentsRequestData());

        assertThat(all.topics()).hasSize(1);
        OngoingPartitionReassignment move = all.topics().getFirst().partitions().getFirst();
        assertThat(move.partitionIndex()).isEqualTo(1);
        assertThat(move.replicas()).containsExactly(2, 3, 1);
        assertThat(move.addingReplicas()).containsExactly(3);
        assertThat(move.removingReplicas()).containsExactly(1);
    }

    @Test
    void whatIsNotBeingMovedOrNotThereIsNotListed() throws IOException {
        ListPartitionReassignmentsRequestData request = new ListPartitionReassignmentsRequestData()
                .setTopics(List.of(
                        new ListPartitionReassignmentsTopics().setName("orders").setPartitionIndexes(List.of(0, 17)),
                        new ListPartitionReassignmentsTopics()
                                .setName("nowhere")
                                .setPartitionIndexes(List.of(0))));

        assertThat(list(request).topics()).isEmpty();
    }

    @Test
    void aMoveIsBegun() throws IOException {
        AlterPartitionReassignmentsResponseData response = reassign("orders", 0, List.of(1, 2, 4), true);

        assertThat(codeOf(response)).isEqualTo(Errors.NONE.code());
        assertThat(partition(0).reassignment()).isNotNull();
        assertThat(partition(0).targetReplicas()).containsExactly(1, 2, 4);
    }

    @Test
    void aMoveIsCancelled() throws IOException {
        AlterPartitionReassignmentsResponseData response = reassign("orders", 1, null, true);

        assertThat(codeOf(response)).isEqualTo(Errors.NONE.code());
        assertThat(partition(1).reassignment()).isNull();
    }

    @Test
    void aMoveThatIsNotUnderWayCannotBeCancelled() throws IOException {
        assertThat(codeOf(reassign("orders", 0, null, true))).isEqualTo(Errors.NO_REASSIGNMENT_IN_PROGRESS.code());
    }

    @Test
    void theNumberOfReplicasStaysWhenTheRequestSaysSo() throws IOException {
        assertThat(codeOf(reassign("orders", 0, List.of(1, 2), false)))
                .isEqualTo(Errors.INVALID_REPLICATION_FACTOR.code());
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void aPartitionThatCannotBeIsRefusedAlone() throws IOException {
        assertThat(codeOf(reassign("orders", -1, List.of(1), true)))
                .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
    }

    @Test
    void aPartitionIsNamedOnceInARequest() throws IOException {
        ReassignablePartition part =
                new ReassignablePartition().setPartitionIndex(0).setReplicas(List.of(1));
        AlterPartitionReassignmentsRequestData request = new AlterPartitionReassignmentsRequestData()
                .setTopics(List.of(
                        new ReassignableTopic().setName("orders").setPartitions(List.of(part, part.duplicate()))));

        AlterPartitionReassignmentsResponseData response =
                client.call(request, 1, AlterPartitionReassignmentsResponseData.class);

        assertThat(response.errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(response.errorMessage()).contains("twice");
    }

    @Test
    void leadersAreElectedWhereTheyAreNamed() throws IOException {
        ElectLeadersResponseData response =
                elect(2, 1, new TopicPartitions().setTopic("orders").setPartitions(List.of(3)));

        assertThat(response.errorCode()).isEqualTo(Errors.NONE.code());
        PartitionResult result =
                response.replicaElectionResults().getFirst().partitionResult().getFirst();
        assertThat(result.partitionId()).isEqualTo(3);
        assertThat(result.errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(partition(3).leader()).isEqualTo(3);
    }

    @Test
    void anElectionThatThereIsNotIsRefused() throws IOException {
        TopicPartitions wanted = new TopicPartitions().setTopic("orders").setPartitions(List.of(3));

        assertThat(elect(2, 9, wanted).errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void anEmptyListOfPartitionsIsNoWishForAll() throws IOException {
        ElectLeadersRequestData request = new ElectLeadersRequestData();

        assertThat(client.call(request, 2, ElectLeadersResponseData.class).replicaElectionResults())
                .isEmpty();
        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void noListOfPartitionsIsAwishForAll() throws IOException {
        ElectLeadersRequestData request = new ElectLeadersRequestData().setTopicPartitions(null);

        assertThat(client.call(request, 2, ElectLeadersResponseData.class).errorCode())
                .isEqualTo(Errors.NONE.code());
        assertThat(cluster.asked)
                .containsExactly(new ElectLeadersRequest(ElectLeadersRequest.Kind.PREFERRED, List.of()));
    }

    @Test
    void noFeatureCanBeRaised() throws IOException {
        UpdateFeaturesRequestData request = new UpdateFeaturesRequestData();
        request.featureUpdates()
                .add(new UpdateFeaturesRequestData.FeatureUpdateKey()
                        .setFeature("group.version")
                        .setMaxVersionLevel((short) 1));

        UpdateFeaturesResponseData older = client.call(request, 1, UpdateFeaturesResponseData.class);
        UpdateFeaturesResponseData newer = client.call(request, 2, UpdateFeaturesResponseData.class);

        assertThat(older.results().find("group.version").errorCode()).isEqualTo(Errors.INVALID_UPDATE_VERSION.code());
        assertThat(newer.errorCode()).isEqualTo(Errors.INVALID_UPDATE_VERSION.code());
        assertThat(newer.errorMessage()).contains("group.version");
    }

    private ElectLeadersResponseData elect(int version, int type, TopicPartitions wanted) throws IOException {
        ElectLeadersRequestData request = new ElectLeadersRequestData().setElectionType((byte) type);
        request.topicPartitions().add(wanted);
        return client.call(request, version, ElectLeadersResponseData.class);
    }

    private ListPartitionReassignmentsResponseData list(ListPartitionReassignmentsRequestData request)
            throws IOException {
        return client.call(request, 0, ListPartitionReassignmentsResponseData.class);
    }

    private AlterPartitionReassignmentsResponseData reassign(
            String topic, int partition, @Nullable List<Integer> target, boolean mayChangeFactor) throws IOException {
        AlterPartitionReassignmentsRequestData request = new AlterPartitionReassignmentsRequestData()
                .setAllowReplicationFactorChange(mayChangeFactor)
                .setTopics(List.of(new ReassignableTopic()
                        .setName(topic)
                        .setPartitions(List.of(new ReassignablePartition()
                                .setPartitionIndex(partition)
                                .setReplicas(target)))));
        return client.call(request, 1, AlterPartitionReassignmentsResponseData.class);
    }

    private static short codeOf(AlterPartitionReassignmentsResponseData response) {
        return response.responses().getFirst().partitions().getFirst().errorCode();
    }

    private PartitionImage partition(int number) {
        return cluster.image().partition(new TopicPartition("orders", number)).orElseThrow();
    }
}
