package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.gateway.ReplicatedCluster;
import io.millrace.gateway.partitions.ReplicaChanges;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.PictureWait;
import io.millrace.v1.AddedReplica;
import io.millrace.v1.CancelReassignmentsRequest;
import io.millrace.v1.ElectLeadersRequest;
import io.millrace.v1.ElectionKind;
import io.millrace.v1.ListPartitionsRequest;
import io.millrace.v1.ListPartitionsResponse;
import io.millrace.v1.ListReassignmentsRequest;
import io.millrace.v1.ListReassignmentsResponse;
import io.millrace.v1.Partition;
import io.millrace.v1.PartitionChange;
import io.millrace.v1.PartitionCondition;
import io.millrace.v1.PartitionServiceGrpc;
import io.millrace.v1.PartitionTarget;
import io.millrace.v1.ReassignPartitionsRequest;
import io.millrace.v1.ReassignmentProgress;
import io.millrace.v1.ReplicaDetail;
import io.millrace.v1.TopicPartition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionEndpointTest {
    private final ReplicatedCluster cluster = new ReplicatedCluster();
    private Server server;
    private ManagedChannel channel;
    private PartitionServiceGrpc.PartitionServiceBlockingStub partitions;

    @BeforeEach
    void open() throws IOException {
        MetadataView view = new MetadataView(cluster);
        ManualEventLoop timers = new ManualEventLoop(new ManualClock());
        ReplicaChanges changes =
                new ReplicaChanges(cluster, view, new PictureWait(view, timers, Duration.ofSeconds(5)));
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new PartitionEndpoint(view, cluster.brokers(), changes))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        partitions = PartitionServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void partitionsAreListedWithWhoKeepsAndLeadsThem() {
        Partition moving = list(ListPartitionsRequest.getDefaultInstance())
                .getPartitions(1)
                .getPartition();

        assertThat(moving.getLeader()).isEqualTo(2);
        assertThat(moving.getLeaderEpoch()).isEqualTo(7);
        assertThat(moving.getReplicasList()).containsExactly(2, 3, 1);
        assertThat(moving.getIsrList()).containsExactly(1, 2);
        assertThat(moving.getReassignment().getAddingReplicasList()).containsExactly(3);
        assertThat(moving.getReassignment().getRemovingReplicasList()).containsExactly(1);
        assertThat(moving.getReassignment().getBytesPerSecond()).isEqualTo(ReplicatedCluster.THROTTLE);
        assertThat(moving.hasHighWatermark()).isFalse();
        assertThat(moving.getReplicaDetailsList())
                .extracting(ReplicaDetail::getRack)
                .containsExactly("b", "c", "a");
    }

    @Test
    void theStatusTellsHowFarEachReplicaIs() {
        Partition thin = list(ListPartitionsRequest.newBuilder()
                        .setWithStatus(true)
                        .build())
                .getPartitions(2)
                .getPartition();

        assertThat(thin.getEligibleReplicasList()).containsExactly(3);
        assertThat(thin.getLogEndOffset()).isEqualTo(1_100);
        assertThat(thin.getOfflineReplicasList()).containsExactly(4);
        ReplicaDetail unheard = thin.getReplicaDetails(0);
        assertThat(unheard.getAlive()).isFalse();
        assertThat(unheard.hasLag()).isFalse();
        ReplicaDetail behind = thin.getReplicaDetails(2);
        assertThat(behind.getEligible()).isTrue();
        assertThat(behind.getLag()).isEqualTo(750);
        assertThat(behind.getDurableEndOffset()).isEqualTo(340);
        assertThat(behind.getCaughtUpAgo().getSeconds()).isEqualTo(61);
    }

    @Test
    void partitionsInTroubleAreFoundByWhatIsWrong() {
        assertThat(with(PartitionCondition.PARTITION_CONDITION_OFFLINE)).containsExactly(3);
        assertThat(with(PartitionCondition.PARTITION_CONDITION_UNDER_REPLICATED))
                .containsExactly(2, 3);
        assertThat(with(PartitionCondition.PARTITION_CONDITION_UNDER_MIN_ISR)).containsExactly(2, 3);
        assertThat(with(PartitionCondition.PARTITION_CONDITION_REASSIGNING)).containsExactly(1);
    }

    @Test
    void listsPage() {
        ListPartitionsRequest.Builder request =
                ListPartitionsRequest.newBuilder().setPageSize(3);

        ListPartitionsResponse first = list(request.build());
        ListPartitionsResponse second =
                list(request.setPageToken(first.getNextPageToken()).build());

        assertThat(numbers(first)).containsExactly(0, 1, 2);
        assertThat(numbers(second)).containsExactly(3);
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void aListThatCannotBeIsRefused() {
        assertThat(refused(ListPartitionsRequest.newBuilder().setTopic("payments")))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(refused(ListPartitionsRequest.newBuilder().setPageSize(1_001).setWithStatus(true)))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused(ListPartitionsRequest.newBuilder().setPageToken("?")))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused(ListPartitionsRequest.newBuilder().setConditionValue(99)))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void theProgressOfAMoveIsTold() {
        ListReassignmentsResponse response =
                partitions.listReassignments(ListReassignmentsRequest.getDefaultInstance());

        assertThat(response.getTotalSize()).isEqualTo(1);
        ReassignmentProgress move = response.getReassignments(0);
        assertThat(move.getPartition().getPartition()).isEqualTo(1);
        assertThat(move.getTargetReplicasList()).containsExactly(2, 3);
        AddedReplica added = move.getAdded(0);
        assertThat(added.getBrokerId()).isEqualTo(3);
        assertThat(added.getLogEndOffset()).isEqualTo(350);
        assertThat(added.getRecordsDone()).isEqualTo(250);
        assertThat(added.getRecordsTotal()).isEqualTo(1_000);
        assertThat(added.getBytesDone()).isEqualTo(2_000);
        assertThat(added.getBytesTotal()).isEqualTo(8_000);
    }

    @Test
    void partitionsAreMovedAndWhatCannotBeIsTold() {
        List<PartitionChange> changes = partitions
                .reassignPartitions(ReassignPartitionsRequest.newBuilder()
                        .addTargets(target(0, 2, 3, 4))
                        .setBytesPerSecond(1_000)
                        .build())
                .getChangesList();
        PartitionChange impossible = partitions
                .reassignPartitions(ReassignPartitionsRequest.newBuilder()
                        .addTargets(target(0, 9))
                        .setValidateOnly(true)
                        .build())
                .getChanges(0);

        assertThat(changes.getFirst().getState().getReplicasList()).containsExactly(2, 3, 4, 1);
        assertThat(changes.getFirst().getState().getReassignment().getBytesPerSecond())
                .isEqualTo(1_000);
        assertThat(impossible.hasState()).isFalse();
        assertThat(impossible.getPartition()).isEqualTo(orders(0));
        assertThat(impossible.getError().getKafkaError()).isEqualTo("INVALID_REPLICA_ASSIGNMENT");
    }

    @Test
    void movesAreCancelled() {
        List<PartitionChange> changes = partitions
                .cancelReassignments(CancelReassignmentsRequest.newBuilder()
                        .addPartitions(orders(0))
                        .addPartitions(orders(1))
                        .build())
                .getChangesList();

        assertThat(changes.getFirst().getError().getKafkaError()).isEqualTo("NO_REASSIGNMENT_IN_PROGRESS");
        assertThat(changes.getLast().getState().hasReassignment()).isFalse();
    }

    @Test
    void leadersAreElected() {
        PartitionChange change = partitions
                .electLeaders(ElectLeadersRequest.newBuilder()
                        .setKind(ElectionKind.ELECTION_KIND_UNCLEAN)
                        .addPartitions(orders(3))
                        .build())
                .getChanges(0);

        assertThat(change.getState().getLeader()).isEqualTo(3);
    }

    @Test
    void anElectionNeedsItsKind() {
        assertThat(Failure.of(() -> partitions.electLeaders(ElectLeadersRequest.getDefaultInstance()))
                        .code())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    private ListPartitionsResponse list(ListPartitionsRequest request) {
        return partitions.listPartitions(request);
    }

    private List<Integer> with(PartitionCondition condition) {
        return numbers(list(ListPartitionsRequest.newBuilder()
                .setTopic("orders")
                .setCondition(condition)
                .build()));
    }

    private Status.Code refused(ListPartitionsRequest.Builder request) {
        return Failure.of(() -> list(request.build())).code();
    }

    private static List<Integer> numbers(ListPartitionsResponse response) {
        return response.getPartitionsList().stream()
                .map(detail -> detail.getPartition().getPartition())
                .toList();
    }

    private static PartitionTarget target(int partition, Integer... brokers) {
        return PartitionTarget.newBuilder()
                .setPartition(orders(partition))
                .addAllBrokerIds(List.of(brokers))
                .build();
    }

    private static TopicPartition orders(int partition) {
        return TopicPartition.newBuilder()
                .setTopic("orders")
                .setPartition(partition)
                .build();
    }
}
