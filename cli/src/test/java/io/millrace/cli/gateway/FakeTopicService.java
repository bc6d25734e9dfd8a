package io.millrace.cli.gateway;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.CreateTopicResponse;
import io.millrace.v1.DeleteTopicRequest;
import io.millrace.v1.DeleteTopicResponse;
import io.millrace.v1.GetTopicRequest;
import io.millrace.v1.GetTopicResponse;
import io.millrace.v1.ListTopicsRequest;
import io.millrace.v1.ListTopicsResponse;
import io.millrace.v1.Partition;
import io.millrace.v1.ReplicaAssignment;
import io.millrace.v1.Topic;
import io.millrace.v1.TopicServiceGrpc;
import io.millrace.v1.UpdateTopicRequest;
import io.millrace.v1.UpdateTopicResponse;
import java.util.List;

/** Topics with the refusals of the contract; lists have one topic a page. */
final class FakeTopicService extends TopicServiceGrpc.TopicServiceImplBase {
    private final FakeLog log;

    FakeTopicService(FakeLog log) {
        this.log = log;
    }

    @Override
    public void createTopic(CreateTopicRequest request, StreamObserver<CreateTopicResponse> answer) {
        Topic asked = request.getTopic();
        Topic existing = log.topics().get(asked.getName());
        if (existing != null && !request.getIfNotExists()) {
            refuse(answer, Status.ALREADY_EXISTS, "Topic " + asked.getName() + " exists");
            return;
        }
        Topic topic = existing != null
                ? existing
                : asked.toBuilder()
                        .setPartitionCount(
                                Math.max(Math.max(1, asked.getPartitionCount()), request.getReplicaAssignmentsCount()))
                        .setReplicationFactor(request.getReplicaAssignmentsList().stream()
                                .mapToInt(ReplicaAssignment::getBrokerIdsCount)
                                .findFirst()
                                .orElse(1))
                        .setTopicId("id-" + asked.getName())
                        .build();
        if (existing == null && !request.getValidateOnly()) {
            log.create(topic);
        }
        finish(
                answer,
                CreateTopicResponse.newBuilder()
                        .setTopic(topic)
                        .setCreated(existing == null)
                        .build());
    }

    @Override
    public void getTopic(GetTopicRequest request, StreamObserver<GetTopicResponse> answer) {
        Topic topic = log.topics().get(request.getName());
        if (topic == null) {
            refuse(answer, Status.NOT_FOUND, "There is no topic " + request.getName());
            return;
        }
        Topic.Builder described = topic.toBuilder();
        for (int partition = 0; partition < topic.getPartitionCount(); partition++) {
            described.addPartitions(Partition.newBuilder()
                    .setPartition(partition)
                    .addReplicas(0)
                    .addIsr(0)
                    .setLogStartOffset(0)
                    .setHighWatermark(log.partition(topic.getName(), partition).size()));
        }
        finish(answer, GetTopicResponse.newBuilder().setTopic(described).build());
    }

    @Override
    public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> answer) {
        List<String> names = log.topics().keySet().stream()
                .sorted()
                .filter(name -> name.compareTo(request.getPageToken()) > 0)
                .toList();
        ListTopicsResponse.Builder page = ListTopicsResponse.newBuilder();
        if (!names.isEmpty()) {
            page.addTopics(log.topics().get(names.get(0)));
            page.setNextPageToken(names.size() > 1 ? names.get(0) : "");
        }
        finish(answer, page.build());
    }

    @Override
    public void updateTopic(UpdateTopicRequest request, StreamObserver<UpdateTopicResponse> answer) {
        Topic topic = log.topics().get(request.getTopic().getName());
        if (topic == null) {
            refuse(
                    answer,
                    Status.NOT_FOUND,
                    "There is no topic " + request.getTopic().getName());
            return;
        }
        Topic.Builder altered = topic.toBuilder();
        for (String path : request.getUpdateMask().getPathsList()) {
            String config = path.replaceFirst("^configs\\.", "");
            if (path.equals("partition_count")) {
                altered.setPartitionCount(Math.max(
                        request.getTopic().getPartitionCount(),
                        topic.getPartitionCount() + request.getReplicaAssignmentsCount()));
            } else if (request.getTopic().containsConfigs(config)) {
                altered.putConfigs(config, request.getTopic().getConfigsOrThrow(config));
            } else {
                altered.removeConfigs(config);
            }
        }
        log.create(altered.build());
        finish(answer, UpdateTopicResponse.newBuilder().setTopic(altered).build());
    }

    @Override
    public void deleteTopic(DeleteTopicRequest request, StreamObserver<DeleteTopicResponse> answer) {
        boolean exists = log.topics().containsKey(request.getName());
        if (!exists && !request.getIfExists()) {
            refuse(answer, Status.NOT_FOUND, "There is no topic " + request.getName());
            return;
        }
        log.delete(request.getName());
        finish(answer, DeleteTopicResponse.newBuilder().setDeleted(exists).build());
    }

    private static <T> void finish(StreamObserver<T> answer, T response) {
        answer.onNext(response);
        answer.onCompleted();
    }

    private static void refuse(StreamObserver<?> answer, Status status, String why) {
        answer.onError(status.withDescription(why).asRuntimeException());
    }
}
