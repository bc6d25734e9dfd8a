package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.TopicImage;
import io.millrace.gateway.kafka.address.AdvertisedAddresses;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.TopicChanges;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * Metadata: brokers, topics and leaders, as this gateway's picture shows them. Topics that are not there are created when both the
 * client and this gateway want that; the answer waits for them, so that the client need not ask again.
 */
final class MetadataHandler implements ApiHandler<MetadataRequestData> {
    private static final short NULL_MEANS_ALL = 1;
    private static final short ASKS_TO_CREATE = 4;

    private final MetadataView view;
    private final AdvertisedAddresses addresses;
    private final TopicChanges changes;
    private final boolean createsTopics;

    /**
     * Answers from the view.
     *
     * @param createsTopics whether topics are created when clients name them (auto.create.topics.enable)
     */
    MetadataHandler(MetadataView view, AdvertisedAddresses addresses, TopicChanges changes, boolean createsTopics) {
        this.view = view;
        this.addresses = addresses;
        this.changes = changes;
        this.createsTopics = createsTopics;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.METADATA, 0, 13);
    }

    @Override
    public void handle(MetadataRequestData request, Call call) {
        boolean mayCreate = createsTopics && (call.version() < ASKS_TO_CREATE || request.allowAutoTopicCreation());
        List<String> missing = mayCreate && !wantsAll(request, call) ? missing(request) : List.of();
        if (missing.isEmpty()) {
            reply(request, call, new TreeMap<>());
            return;
        }
        PartitionMutations mutations = PartitionMutations.allowed(call);
        List<CompletableFuture<Errors>> creations =
                missing.stream().map(name -> create(name, mutations)).toList();
        call.replyWhen(CompletableFuture.allOf(creations.toArray(CompletableFuture[]::new)), ignored -> {
            SortedMap<String, Errors> refused = new TreeMap<>();
            for (int i = 0; i < missing.size(); i++) {
                refused.put(missing.get(i), creations.get(i).join());
            }
            reply(request, call, refused);
        });
    }

    /** In version 0 an empty list asks for all topics, later no list does. */
    private static boolean wantsAll(MetadataRequestData request, Call call) {
        return request.topics() == null
                || (call.version() < NULL_MEANS_ALL && request.topics().isEmpty());
    }

    private List<String> missing(MetadataRequestData request) {
        return request.topics().stream()
                .filter(topic -> topic.topicId().equals(Uuid.ZERO_UUID))
                .map(MetadataRequestTopic::name)
                .distinct()
                .filter(name -> view.image().topic(name).isEmpty())
                .toList();
    }

    private CompletableFuture<Errors> create(String name, PartitionMutations mutations) {
        CreateTopicRequest wish = new CreateTopicRequest(
                name, CreateTopicRequest.DEFAULT, CreateTopicRequest.DEFAULT, Collections.emptyMap(), false);
        mutations.begin(1);
        return changes.createTopic(wish).thenApply(outcome -> switch (outcome) {
            case Outcome.Done<TopicImage>(TopicImage made) -> {
                mutations.ended(1, made.partitions().size());
                yield Errors.NONE;
            }
            case Outcome.Refused<TopicImage>(Refusal refusal) -> {
                mutations.ended(1, 0);
                yield refusal instanceof Refusal.TopicExists
                        ? Errors.LEADER_NOT_AVAILABLE // soon here
                        : ProtocolErrors.ofTopic(refusal);
            }
        });
    }

    private void reply(MetadataRequestData request, Call call, SortedMap<String, Errors> refused) {
        MetadataAnswer answer = new MetadataAnswer(
                ToldBrokers.of(view.image(), addresses.of(call.client().listener()), call.client()),
                request.includeTopicAuthorizedOperations());
        if (wantsAll(request, call)) {
            answer.addAll();
        } else {
            for (MetadataRequestTopic topic : request.topics()) {
                if (topic.topicId().equals(Uuid.ZERO_UUID)) {
                    answer.add(topic.name(), refused.getOrDefault(topic.name(), Errors.UNKNOWN_TOPIC_OR_PARTITION));
                } else {
                    answer.add(topic.topicId());
                }
            }
        }
        if (request.includeClusterAuthorizedOperations()) {
            answer.withClusterOperations();
        }
        call.reply(answer.response());
    }
}
