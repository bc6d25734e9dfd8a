package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.ProtocolErrors;
import io.millrace.gateway.partitions.ReplicaChanges;
import io.millrace.gateway.routing.MetadataView;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignablePartitionResponse;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignableTopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** AlterPartitionReassignments (KIP-455): begins moves of replicas, and ends those that are under way. */
final class AlterPartitionReassignmentsHandler implements ApiHandler<AlterPartitionReassignmentsRequestData> {
    private final ReplicaChanges changes;
    private final MetadataView view;

    AlterPartitionReassignmentsHandler(ReplicaChanges changes, MetadataView view) {
        this.changes = changes;
        this.view = view;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.ALTER_PARTITION_REASSIGNMENTS, 0, 1);
    }

    @Override
    public void handle(AlterPartitionReassignmentsRequestData request, Call call) {
        Questions<ReassignPartitionsRequest.Part, ReassignablePartitionResponse> questions = new Questions<>();
        AlterPartitionReassignmentsResponseData response = new AlterPartitionReassignmentsResponseData()
                .setAllowReplicationFactorChange(request.allowReplicationFactorChange());
        for (ReassignableTopic topic : request.topics()) {
            ReassignableTopicResponse answer = new ReassignableTopicResponse().setName(topic.name());
            response.responses().add(answer);
            for (ReassignablePartition asked : topic.partitions()) {
                answer.partitions().add(draft(topic.name(), asked, request.allowReplicationFactorChange(), questions));
            }
        }
        if (questions.list().isEmpty()) {
            call.reply(response);
            return;
        }
        ReassignPartitionsRequest wish = new ReassignPartitionsRequest(questions.list(), Reassignment.UNLIMITED);
        call.replyWhen(changes.reassign(wish, false), outcome -> {
            switch (outcome) {
                case Outcome.Done<List<Outcome<PartitionChanged>>>(List<Outcome<PartitionChanged>> parts) ->
                    questions.fill(parts, AlterPartitionReassignmentsHandler::fill);
                case Outcome.Refused<List<Outcome<PartitionChanged>>>(Refusal refusal) ->
                    response.setResponses(List.of())
                            .setErrorCode(ProtocolErrors.of(refusal).code())
                            .setErrorMessage(refusal.message());
            }
            call.reply(response);
        });
    }

    private ReassignablePartitionResponse draft(
            String topic,
            ReassignablePartition asked,
            boolean mayChangeFactor,
            Questions<ReassignPartitionsRequest.Part, ReassignablePartitionResponse> questions) {
        ReassignablePartitionResponse answer =
                new ReassignablePartitionResponse().setPartitionIndex(asked.partitionIndex());
        if (asked.partitionIndex() < 0) {
            return answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        }
        TopicPartition partition = new TopicPartition(topic, asked.partitionIndex());
        if (!mayChangeFactor && asked.replicas() != null && changesFactor(partition, asked.replicas())) {
            return answer.setErrorCode(Errors.INVALID_REPLICATION_FACTOR.code())
                    .setErrorMessage("The request forbids to change the number of replicas, and this would.");
        }
        questions.add(new ReassignPartitionsRequest.Part(partition, Optional.ofNullable(asked.replicas())), answer);
        return answer;
    }

    private boolean changesFactor(TopicPartition partition, List<Integer> target) {
        return view.image()
                .partition(partition)
                .filter(present -> present.targetReplicas().size() != target.size())
                .isPresent();
    }

    private static void fill(ReassignablePartitionResponse answer, Outcome<PartitionChanged> outcome) {
        if (outcome instanceof Outcome.Refused<PartitionChanged>(Refusal refusal)) {
            answer.setErrorCode(ProtocolErrors.of(refusal).code()).setErrorMessage(refusal.message());
        }
    }
}
