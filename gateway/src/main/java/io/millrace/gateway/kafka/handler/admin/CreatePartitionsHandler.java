package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.api.AddPartitionsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.Each;
import io.millrace.gateway.kafka.handler.PartitionMutations;
import io.millrace.gateway.kafka.handler.ProtocolErrors;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.TopicChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** CreatePartitions (KIP-195): widens topics, each of them as a whole or not at all. */
final class CreatePartitionsHandler implements ApiHandler<CreatePartitionsRequestData> {
    private static final short KNOWS_QUOTA = 3;

    private final MetadataView view;
    private final TopicChanges changes;

    CreatePartitionsHandler(MetadataView view, TopicChanges changes) {
        this.view = view;
        this.changes = changes;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.CREATE_PARTITIONS, 0, 3);
    }

    @Override
    public void handle(CreatePartitionsRequestData request, Call call) {
        List<CreatePartitionsTopic> topics = new ArrayList<>(request.topics());
        PartitionMutations mutations = PartitionMutations.of(call, KNOWS_QUOTA);
        Each.of(
                topics,
                topic -> widen(topic, request, mutations),
                call,
                results -> call.reply(new CreatePartitionsResponseData().setResults(results)));
    }

    private CompletableFuture<CreatePartitionsTopicResult> widen(
            CreatePartitionsTopic topic, CreatePartitionsRequestData request, PartitionMutations mutations) {
        CreatePartitionsTopicResult result = new CreatePartitionsTopicResult().setName(topic.name());
        if (request.topics().findAll(topic.name()).size() > 1) {
            return CompletableFuture.completedFuture(result.setErrorCode(Errors.INVALID_REQUEST.code())
                    .setErrorMessage("The topic is named more than once in this request."));
        }
        AddPartitionsRequest wish =
                new AddPartitionsRequest(topic.name(), topic.count(), request.validateOnly(), assignments(topic));
        int added = wish.validateOnly() ? 0 : added(topic);
        if (added > 0 && !mutations.begin(added)) {
            return CompletableFuture.completedFuture(result.setErrorCode(Errors.THROTTLING_QUOTA_EXCEEDED.code())
                    .setErrorMessage(PartitionMutations.REFUSAL));
        }
        return changes.addPartitions(wish).thenApply(outcome -> switch (outcome) {
            case Outcome.Done<TopicImage> done -> result;
            case Outcome.Refused<TopicImage>(Refusal refusal) -> {
                mutations.ended(added, 0);
                yield result.setErrorCode(ProtocolErrors.ofTopic(refusal).code())
                        .setErrorMessage(refusal.message());
            }
        });
    }

    private int added(CreatePartitionsTopic topic) {
        return view.image()
                .topic(topic.name())
                .map(known -> Math.max(0, topic.count() - known.partitions().size()))
                .orElse(0);
    }

    private static List<List<Integer>> assignments(CreatePartitionsTopic topic) {
        return topic.assignments() == null
                ? List.of()
                : topic.assignments().stream()
                        .map(CreatePartitionsAssignment::brokerIds)
                        .toList();
    }
}
