package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.ProtocolErrors;
import io.millrace.gateway.partitions.ReplicaChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.ElectLeadersResponseData.PartitionResult;
import org.apache.kafka.common.message.ElectLeadersResponseData.ReplicaElectionResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** ElectLeaders (KIP-183, KIP-460). No list of partitions asks for an election wherever one makes a difference. */
final class ElectLeadersHandler implements ApiHandler<ElectLeadersRequestData> {
    private static final short TELLS_ERROR = 1;
    private static final byte PREFERRED = 0;
    private static final byte UNCLEAN = 1;

    private final ReplicaChanges changes;

    ElectLeadersHandler(ReplicaChanges changes) {
        this.changes = changes;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.ELECT_LEADERS, 0, 2);
    }

    @Override
    public void handle(ElectLeadersRequestData request, Call call) {
        List<TopicPartition> named = named(request);
        ElectLeadersRequest.Kind kind = kindOf(request.electionType());
        if (kind == null || named.stream().anyMatch(partition -> partition.partition() < 0)) {
            call.reply(refused(Errors.INVALID_REQUEST, named, call));
            return;
        }
        if (request.topicPartitions() != null && named.isEmpty()) {
            call.reply(new ElectLeadersResponseData()); // a list of no partitions, which is not the same as no list
            return;
        }
        call.replyWhen(
                changes.elect(new ElectLeadersRequest(kind, named), false),
                outcome -> call.reply(
                        switch (outcome) {
                            case Outcome.Done<List<Outcome<PartitionChanged>>>(List<Outcome<PartitionChanged>> parts) ->
                                named.isEmpty() ? everyChange(parts) : each(kind, named, parts);
                            case Outcome.Refused<List<Outcome<PartitionChanged>>>(Refusal refusal) ->
                                refused(ProtocolErrors.of(refusal), named, call);
                        }));
    }

    private static ElectLeadersRequest.@Nullable Kind kindOf(byte number) {
        return switch (number) {
            case PREFERRED -> ElectLeadersRequest.Kind.PREFERRED;
            case UNCLEAN -> ElectLeadersRequest.Kind.UNCLEAN;
            default -> null;
        };
    }

    private static List<TopicPartition> named(ElectLeadersRequestData request) {
        List<TopicPartition> named = new ArrayList<>();
        if (request.topicPartitions() != null) {
            for (TopicPartitions topic : request.topicPartitions()) {
                topic.partitions().forEach(number -> named.add(new TopicPartition(topic.topic(), number)));
            }
        }
        return named;
    }

    private static ElectLeadersResponseData each(
            ElectLeadersRequest.Kind kind, List<TopicPartition> named, List<Outcome<PartitionChanged>> parts) {
        Results results = new Results();
        for (int i = 0; i < named.size(); i++) {
            switch (parts.get(i)) {
                case Outcome.Done<PartitionChanged> done -> results.add(named.get(i), Errors.NONE, null);
                case Outcome.Refused<PartitionChanged>(Refusal refusal) ->
                    results.add(named.get(i), errorOf(kind, refusal), refusal.message());
            }
        }
        return results.response();
    }

    private static Errors errorOf(ElectLeadersRequest.Kind kind, Refusal refusal) {
        boolean preferred = kind == ElectLeadersRequest.Kind.PREFERRED;
        return preferred && refusal instanceof Refusal.NoEligibleLeader
                ? Errors.PREFERRED_LEADER_NOT_AVAILABLE
                : ProtocolErrors.of(refusal);
    }

    private static ElectLeadersResponseData everyChange(List<Outcome<PartitionChanged>> parts) {
        Results results = new Results();
        for (Outcome<PartitionChanged> part : parts) {
            if (part instanceof Outcome.Done<PartitionChanged>(PartitionChanged changed)) {
                results.add(changed.name(), Errors.NONE, null);
            }
        }
        return results.response();
    }

    /** In version 0 each partition has to tell what went wrong with all of them. */
    private static ElectLeadersResponseData refused(Errors error, List<TopicPartition> named, Call call) {
        if (call.version() >= TELLS_ERROR) {
            return new ElectLeadersResponseData().setErrorCode(error.code());
        }
        Results results = new Results();
        named.forEach(partition -> results.add(partition, error, null));
        return results.response();
    }

    /** Results by topic. */
    private static final class Results {
        private final SortedMap<String, ReplicaElectionResult> topics = new TreeMap<>();

        void add(TopicPartition partition, Errors error, @Nullable String message) {
            topics.computeIfAbsent(partition.topic(), name -> new ReplicaElectionResult().setTopic(name))
                    .partitionResult()
                    .add(new PartitionResult()
                            .setPartitionId(partition.partition())
                            .setErrorCode(error.code())
                            .setErrorMessage(message));
        }

        ElectLeadersResponseData response() {
            return new ElectLeadersResponseData().setReplicaElectionResults(new ArrayList<>(topics.values()));
        }
    }
}
