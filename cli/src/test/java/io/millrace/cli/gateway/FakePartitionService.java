package io.millrace.cli.gateway;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.millrace.v1.AddedReplica;
import io.millrace.v1.CancelReassignmentsRequest;
import io.millrace.v1.CancelReassignmentsResponse;
import io.millrace.v1.ElectLeadersRequest;
import io.millrace.v1.ElectLeadersResponse;
import io.millrace.v1.ListPartitionsRequest;
import io.millrace.v1.ListPartitionsResponse;
import io.millrace.v1.ListReassignmentsRequest;
import io.millrace.v1.ListReassignmentsResponse;
import io.millrace.v1.Partition;
import io.millrace.v1.PartitionChange;
import io.millrace.v1.PartitionReassignment;
import io.millrace.v1.PartitionServiceGrpc;
import io.millrace.v1.ReassignPartitionsRequest;
import io.millrace.v1.ReassignPartitionsResponse;
import io.millrace.v1.ReassignmentProgress;
import io.millrace.v1.RecordError;
import io.millrace.v1.ReplicaDetail;
import io.millrace.v1.TopicPartition;
import io.millrace.v1.TopicPartitionDetail;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The topic "orders": partition 0 is well, partition 1 moves from 1 and 2 to 2 and 3, partition 2 has no leader. A list has
 * two a page, whatever its condition.
 */
public final class FakePartitionService extends PartitionServiceGrpc.PartitionServiceImplBase {
    /** Requests that change something, or would. */
    public final List<Object> asked = new CopyOnWriteArrayList<>();

    private final Deque<Integer> percentages = new ArrayDeque<>();

    /** How far partition 1 is, look by look; after the last one it is through. */
    public synchronized void moves(int... percent) {
        for (int one : percent) {
            percentages.add(one);
        }
    }

    private static List<Partition> orders() {
        return List.of(
                Partition.newBuilder()
                        .setLeader(1)
                        .addAllReplicas(List.of(1, 2))
                        .addAllIsr(List.of(1, 2))
                        .addReplicaDetails(
                                ReplicaDetail.newBuilder().setBrokerId(1).setLag(0))
                        .addReplicaDetails(
                                ReplicaDetail.newBuilder().setBrokerId(2).setLag(7))
                        .build(),
                Partition.newBuilder()
                        .setPartition(1)
                        .setLeader(2)
                        .addAllReplicas(List.of(2, 3, 1))
                        .addAllIsr(List.of(1, 2))
                        .setReassignment(PartitionReassignment.newBuilder()
                                .addAddingReplicas(3)
                                .addRemovingReplicas(1))
                        .build(),
                Partition.newBuilder()
                        .setPartition(2)
                        .setLeader(-1)
                        .addAllReplicas(List.of(3, 4))
                        .addEligibleReplicas(4)
                        .addOfflineReplicas(4)
                        .build());
    }

    @Override
    public void listPartitions(ListPartitionsRequest request, StreamObserver<ListPartitionsResponse> answer) {
        if (!List.of("", "orders").contains(request.getTopic())) {
            answer.onError(Status.NOT_FOUND
                    .withDescription("There is no topic " + request.getTopic())
                    .asRuntimeException());
            return;
        }
        List<Partition> page = request.getPageToken().isEmpty() ? orders().subList(0, 2) : orders().subList(2, 3);
        ListPartitionsResponse.Builder response = ListPartitionsResponse.newBuilder()
                .setNextPageToken(request.getPageToken().isEmpty() ? "more" : "");
        page.forEach(partition -> response.addPartitions(
                TopicPartitionDetail.newBuilder().setTopic("orders").setPartition(partition)));
        finish(answer, response.build());
    }

    @Override
    public void reassignPartitions(
            ReassignPartitionsRequest request, StreamObserver<ReassignPartitionsResponse> answer) {
        asked.add(request);
        ReassignPartitionsResponse.Builder response = ReassignPartitionsResponse.newBuilder();
        request.getTargetsList()
                .forEach(target -> response.addChanges(
                        target.getBrokerIdsList().contains(99)
                                ? refused(target.getPartition(), "INVALID_REPLICA_ASSIGNMENT", "There is no broker 99.")
                                : PartitionChange.newBuilder()
                                        .setPartition(target.getPartition())
                                        .setState(Partition.newBuilder().addAllReplicas(target.getBrokerIdsList()))
                                        .build()));
        finish(answer, response.build());
    }

    @Override
    public synchronized void listReassignments(
            ListReassignmentsRequest request, StreamObserver<ListReassignmentsResponse> answer) {
        ListReassignmentsResponse.Builder response = ListReassignmentsResponse.newBuilder();
        Integer percent = percentages.poll();
        if (percent != null) {
            response.addReassignments(ReassignmentProgress.newBuilder()
                    .setPartition(name(1))
                    .addAllTargetReplicas(List.of(2, 3))
                    .addAddingReplicas(3)
                    .addRemovingReplicas(1)
                    .setBytesPerSecond(50_000_000)
                    .addAdded(AddedReplica.newBuilder()
                            .setBrokerId(3)
                            .setBytesDone(percent * 1_000L)
                            .setBytesTotal(100_000)));
        }
        finish(answer, response.build());
    }

    @Override
    public void cancelReassignments(
            CancelReassignmentsRequest request, StreamObserver<CancelReassignmentsResponse> answer) {
        asked.add(request);
        CancelReassignmentsResponse.Builder response = CancelReassignmentsResponse.newBuilder();
        request.getPartitionsList()
                .forEach(partition -> response.addChanges(
                        partition.getPartition() == 1
                                ? PartitionChange.newBuilder()
                                        .setPartition(partition)
                                        .setState(orders().get(1).toBuilder().clearReassignment())
                                        .build()
                                : refused(partition, "NO_REASSIGNMENT_IN_PROGRESS", "It is not being moved.")));
        finish(answer, response.build());
    }

    @Override
    public void electLeaders(ElectLeadersRequest request, StreamObserver<ElectLeadersResponse> answer) {
        asked.add(request);
        ElectLeadersResponse.Builder response = ElectLeadersResponse.newBuilder();
        List<TopicPartition> named = request.getPartitionsCount() == 0 ? List.of(name(2)) : request.getPartitionsList();
        named.forEach(partition -> response.addChanges(
                partition.getPartition() == 2
                        ? PartitionChange.newBuilder()
                                .setPartition(partition)
                                .setState(orders().get(2))
                                .build()
                        : refused(partition, "ELECTION_NOT_NEEDED", "It has a leader.")));
        finish(answer, response.build());
    }

    private static PartitionChange refused(TopicPartition partition, String error, String message) {
        return PartitionChange.newBuilder()
                .setPartition(partition)
                .setError(RecordError.newBuilder().setKafkaError(error).setMessage(message))
                .build();
    }

    private static TopicPartition name(int partition) {
        return TopicPartition.newBuilder()
                .setTopic("orders")
                .setPartition(partition)
                .build();
    }

    private static <T> void finish(StreamObserver<T> answer, T response) {
        answer.onNext(response);
        answer.onCompleted();
    }
}
