package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.kafka.configs.TopicConfigCatalogue;
import io.millrace.gateway.routing.TopicChanges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** CreateTopics. Each topic is created with all its partitions, or not at all; others of the same request do not matter to it. */
final class CreateTopicsHandler implements ApiHandler<CreateTopicsRequestData> {
    private static final short KNOWS_QUOTA = 6;

    private final TopicChanges changes;

    CreateTopicsHandler(TopicChanges changes) {
        this.changes = changes;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.CREATE_TOPICS, 2, 7);
    }

    @Override
    public void handle(CreateTopicsRequestData request, Call call) {
        List<CreatableTopic> topics = new ArrayList<>(request.topics());
        PartitionMutations mutations = PartitionMutations.of(call, KNOWS_QUOTA);
        Each.of(topics, topic -> create(topic, request, mutations), call, results -> {
            CreateTopicsResponseData response = new CreateTopicsResponseData();
            results.forEach(response.topics()::add);
            call.reply(response);
        });
    }

    private CompletableFuture<CreatableTopicResult> create(
            CreatableTopic topic, CreateTopicsRequestData request, PartitionMutations mutations) {
        boolean twice = request.topics().findAll(topic.name()).size() > 1;
        if (twice) {
            return CompletableFuture.completedFuture(
                    refused(topic, Errors.INVALID_REQUEST, "The topic is named more than once in this request."));
        }
        for (CreatableTopicConfig config : topic.configs()) {
            Optional<String> absent = TopicConfigCatalogue.whyAbsent(config.name());
            if (absent.isPresent()) {
                return CompletableFuture.completedFuture(refused(topic, Errors.INVALID_CONFIG, absent.get()));
            }
        }
        List<List<Integer>> assignments = new ArrayList<>();
        List<CreatableReplicaAssignment> wanted = new ArrayList<>(topic.assignments());
        wanted.sort(Comparator.comparingInt(CreatableReplicaAssignment::partitionIndex));
        for (CreatableReplicaAssignment assignment : wanted) {
            if (assignment.partitionIndex() != assignments.size()) {
                return CompletableFuture.completedFuture(refused(
                        topic,
                        Errors.INVALID_REPLICA_ASSIGNMENT,
                        "Partitions are to be numbered from 0 without gaps."));
            }
            assignments.add(assignment.brokerIds());
        }
        CreateTopicRequest wish = new CreateTopicRequest(
                topic.name(),
                topic.numPartitions(),
                topic.replicationFactor(),
                configs(topic),
                request.validateOnly(),
                assignments);
        return wish.validateOnly()
                ? changes.createTopic(wish).thenApply(outcome -> told(topic, outcome))
                : create(topic, wish, mutations);
    }

    /** How many partitions a topic has by default only the controller knows, so the rest of them is charged when it is made. */
    private CompletableFuture<CreatableTopicResult> create(
            CreatableTopic topic, CreateTopicRequest wish, PartitionMutations mutations) {
        int begun =
                Math.max(1, Math.max(wish.partitionCount(), wish.assignments().size()));
        if (!mutations.begin(begun)) {
            return CompletableFuture.completedFuture(
                    refused(topic, Errors.THROTTLING_QUOTA_EXCEEDED, PartitionMutations.REFUSAL));
        }
        return changes.createTopic(wish).thenApply(outcome -> {
            mutations.ended(
                    begun,
                    outcome instanceof Outcome.Done<TopicImage>(TopicImage made)
                            ? made.partitions().size()
                            : 0);
            return told(topic, outcome);
        });
    }

    private static CreatableTopicResult told(CreatableTopic topic, Outcome<TopicImage> outcome) {
        return switch (outcome) {
            case Outcome.Done<TopicImage>(TopicImage made) -> created(topic, made);
            case Outcome.Refused<TopicImage>(Refusal refusal) ->
                refused(topic, ProtocolErrors.ofTopic(refusal), refusal.message());
        };
    }

    /** A config without a value asks for the default, which is what holds without it. */
    private static Map<String, String> configs(CreatableTopic topic) {
        Map<String, String> configs = new TreeMap<>();
        for (CreatableTopicConfig config : topic.configs()) {
            if (config.value() != null) {
                configs.put(config.name(), config.value());
            }
        }
        return configs;
    }

    private static CreatableTopicResult created(CreatableTopic topic, TopicImage made) {
        CreatableTopicResult result = new CreatableTopicResult()
                .setName(topic.name())
                .setTopicId(TopicIds.toWire(made.topicId()))
                .setNumPartitions(made.partitions().size())
                .setReplicationFactor(
                        (short) made.partitions().get(0).replicas().size());
        TopicConfigCatalogue.entries(made.topic().configs())
                .forEach(entry -> result.configs()
                        .add(new CreatableTopicConfigs()
                                .setName(entry.name())
                                .setValue(entry.value())
                                .setConfigSource(entry.source().code())
                                .setReadOnly(false)
                                .setIsSensitive(false)));
        return result;
    }

    private static CreatableTopicResult refused(CreatableTopic topic, Errors error, String message) {
        return new CreatableTopicResult()
                .setName(topic.name())
                .setErrorCode(error.code())
                .setErrorMessage(message);
    }
}
