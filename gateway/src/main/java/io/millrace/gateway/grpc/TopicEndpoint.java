package io.millrace.gateway.grpc;

import io.grpc.stub.StreamObserver;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.Clock;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.TopicChanges;
import io.millrace.v1.CreateTopicRequest;
import io.millrace.v1.CreateTopicResponse;
import io.millrace.v1.DeleteRecordsRequest;
import io.millrace.v1.DeleteRecordsResponse;
import io.millrace.v1.DeleteTopicRequest;
import io.millrace.v1.DeleteTopicResponse;
import io.millrace.v1.GetTopicRequest;
import io.millrace.v1.GetTopicResponse;
import io.millrace.v1.ListOffsetsRequest;
import io.millrace.v1.ListOffsetsResponse;
import io.millrace.v1.ListTopicsRequest;
import io.millrace.v1.ListTopicsResponse;
import io.millrace.v1.Topic;
import io.millrace.v1.TopicServiceGrpc;
import io.millrace.v1.UpdateTopicRequest;
import io.millrace.v1.UpdateTopicResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Serves TopicService. Safe for any thread; blocks none. */
public final class TopicEndpoint extends TopicServiceGrpc.TopicServiceImplBase {
    private final TopicChanges changes;
    private final MetadataView view;
    private final BrokerApi brokers;
    private final OffsetSearch offsets;
    private final RecordDeletion deletion;

    public TopicEndpoint(TopicChanges changes, MetadataView view, BrokerApi brokers, Clock clock) {
        this.changes = changes;
        this.view = view;
        this.brokers = brokers;
        this.offsets = new OffsetSearch(brokers, clock);
        this.deletion = new RecordDeletion(brokers);
    }

    @Override
    public void createTopic(CreateTopicRequest request, StreamObserver<CreateTopicResponse> observer) {
        UnaryCall.answer(observer, () -> create(request), Function.identity());
    }

    @Override
    public void getTopic(GetTopicRequest request, StreamObserver<GetTopicResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> Outcomes.thenAsk(known(request.getName()), this::described),
                topic -> GetTopicResponse.newBuilder().setTopic(topic).build());
    }

    @Override
    public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> observer) {
        UnaryCall.answerNow(observer, () -> TopicPage.of(request, view.image()));
    }

    @Override
    public void updateTopic(UpdateTopicRequest request, StreamObserver<UpdateTopicResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> Outcomes.thenAsk(
                        Outcomes.then(known(request.getTopic().getName()), topic -> TopicUpdate.of(request, topic)),
                        update -> update.apply(changes)),
                topic -> UpdateTopicResponse.newBuilder().setTopic(shown(topic)).build());
    }

    @Override
    public void deleteTopic(DeleteTopicRequest request, StreamObserver<DeleteTopicResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> changes.deleteTopic(request.getName()).thenApply(outcome -> deleted(request, outcome)),
                Function.identity());
    }

    @Override
    public void listOffsets(ListOffsetsRequest request, StreamObserver<ListOffsetsResponse> observer) {
        UnaryCall.answer(
                observer,
                () -> Outcomes.thenAsk(
                        Outcomes.then(known(request.getTopic()), topic -> withPartitions(request, topic)),
                        topic -> offsets.find(request, topic)),
                Function.identity());
    }

    @Override
    public void deleteRecords(DeleteRecordsRequest request, StreamObserver<DeleteRecordsResponse> observer) {
        UnaryCall.answer(observer, () -> deletion.delete(request), Function.identity());
    }

    private CompletableFuture<Outcome<CreateTopicResponse>> create(CreateTopicRequest request) {
        return changes.createTopic(TopicCreation.request(request)).thenApply(outcome -> {
            if (request.getIfNotExists()
                    && outcome instanceof Outcome.Refused<TopicImage>(Refusal.TopicExists exists)) {
                return view.image()
                        .topic(exists.topic())
                        .map(present -> TopicCreation.accepted(request, present))
                        .orElse(outcome)
                        .map(present -> created(shown(present).build(), false));
            }
            return outcome.map(topic -> {
                Topic.Builder message = shown(topic);
                return request.getValidateOnly()
                        ? created(message.clearTopicId().build(), false)
                        : created(message.build(), true);
            });
        });
    }

    private CompletableFuture<Outcome<Topic>> described(TopicImage topic) {
        List<TopicPartition> partitions = topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
        return brokers.describe(new DescribePartitionsRequest(partitions))
                .thenApply(statuses -> Outcome.done(TopicMessages.of(topic, view.image(), statuses)));
    }

    private Outcome<TopicImage> known(String name) {
        return view.image()
                .topic(name)
                .<Outcome<TopicImage>>map(Outcome::done)
                .orElseGet(() -> Outcome.refused(new Refusal.UnknownTopic(name)));
    }

    private Topic.Builder shown(TopicImage topic) {
        return TopicMessages.of(topic, view.image());
    }

    private static Outcome<TopicImage> withPartitions(ListOffsetsRequest request, TopicImage topic) {
        for (int number : request.getPartitionsList()) {
            if (topic.partition(number).isEmpty()) {
                return Outcomes.then(
                        Partitions.of(topic.name(), number),
                        partition -> Outcome.refused(new Refusal.UnknownPartition(
                                partition, topic.partitions().size())));
            }
        }
        return Outcome.done(topic);
    }

    private static Outcome<DeleteTopicResponse> deleted(DeleteTopicRequest request, Outcome<TopicImage> outcome) {
        if (request.getIfExists() && outcome instanceof Outcome.Refused<TopicImage>(Refusal.UnknownTopic unknown)) {
            return Outcome.done(DeleteTopicResponse.getDefaultInstance());
        }
        return outcome.map(
                topic -> DeleteTopicResponse.newBuilder().setDeleted(true).build());
    }

    private static CreateTopicResponse created(Topic topic, boolean created) {
        return CreateTopicResponse.newBuilder()
                .setTopic(topic)
                .setCreated(created)
                .build();
    }
}
