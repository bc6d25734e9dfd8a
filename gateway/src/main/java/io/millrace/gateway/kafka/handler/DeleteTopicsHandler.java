package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.TopicChanges;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** DeleteTopics, by name or by id. */
final class DeleteTopicsHandler implements ApiHandler<DeleteTopicsRequestData> {
    private static final short KNOWS_QUOTA = 5;
    private static final short HAS_IDS = 6;

    private final MetadataView view;
    private final TopicChanges changes;

    DeleteTopicsHandler(MetadataView view, TopicChanges changes) {
        this.view = view;
        this.changes = changes;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.DELETE_TOPICS, 1, HAS_IDS);
    }

    @Override
    public void handle(DeleteTopicsRequestData request, Call call) {
        List<DeleteTopicState> topics = call.version() >= HAS_IDS
                ? request.topics()
                : request.topicNames().stream()
                        .map(name -> new DeleteTopicState().setName(name))
                        .toList();
        PartitionMutations mutations = PartitionMutations.of(call, KNOWS_QUOTA);
        Each.of(topics, topic -> delete(topic, mutations), call, results -> {
            DeleteTopicsResponseData response = new DeleteTopicsResponseData();
            results.forEach(response.responses()::add);
            call.reply(response);
        });
    }

    private CompletableFuture<DeletableTopicResult> delete(DeleteTopicState topic, PartitionMutations mutations) {
        boolean byId = !topic.topicId().equals(Uuid.ZERO_UUID);
        if (byId == (topic.name() != null)) {
            return CompletableFuture.completedFuture(
                    refused(topic, Errors.INVALID_REQUEST, "A topic is named either by its name or by its id."));
        }
        String name = byId ? TopicIds.nameOf(view.image(), topic.topicId()).orElse(null) : topic.name();
        if (name == null) {
            return CompletableFuture.completedFuture(refused(topic, Errors.UNKNOWN_TOPIC_ID, null));
        }
        int partitions =
                view.image().topic(name).map(known -> known.partitions().size()).orElse(0);
        if (partitions > 0 && !mutations.begin(partitions)) {
            return CompletableFuture.completedFuture(
                    refused(topic, Errors.THROTTLING_QUOTA_EXCEEDED, PartitionMutations.REFUSAL));
        }
        return changes.deleteTopic(name).thenApply(outcome -> {
            mutations.ended(
                    partitions,
                    outcome instanceof Outcome.Done<TopicImage>(TopicImage gone)
                            ? gone.partitions().size()
                            : 0);
            return told(topic, outcome);
        });
    }

    private static DeletableTopicResult told(DeleteTopicState topic, Outcome<TopicImage> outcome) {
        return switch (outcome) {
            case Outcome.Done<TopicImage>(TopicImage gone) ->
                new DeletableTopicResult().setName(gone.name()).setTopicId(TopicIds.toWire(gone.topicId()));
            case Outcome.Refused<TopicImage>(Refusal refusal) ->
                refused(topic, ProtocolErrors.ofTopic(refusal), refusal.message());
        };
    }

    private static DeletableTopicResult refused(DeleteTopicState topic, Errors error, @Nullable String message) {
        return new DeletableTopicResult()
                .setName(topic.name())
                .setTopicId(topic.topicId())
                .setErrorCode(error.code())
                .setErrorMessage(message);
    }
}
