package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.ListOffsetsRequest.Target;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** ListOffsets. Everything lies on the brokers' disks: what is asked of tiered storage is not there. */
final class ListOffsetsHandler implements ApiHandler<ListOffsetsRequestData> {
    private static final short TELLS_EPOCH = 4;
    private static final long LATEST = -1;
    private static final long EARLIEST = -2;
    private static final long MAX_TIMESTAMP = -3;
    private static final long EARLIEST_LOCAL = -4;
    private static final long LATEST_TIERED = -5;
    private static final long EARLIEST_PENDING_UPLOAD = -6;

    private final BrokerApi brokers;

    ListOffsetsHandler(BrokerApi brokers) {
        this.brokers = brokers;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.LIST_OFFSETS, 1, 11);
    }

    @Override
    public void handle(ListOffsetsRequestData request, Call call) {
        List<ListOffsetsRequest.Part> parts = new ArrayList<>();
        List<ListOffsetsPartitionResponse> answers = new ArrayList<>();
        ListOffsetsResponseData response = new ListOffsetsResponseData();
        for (ListOffsetsTopic topic : request.topics()) {
            ListOffsetsTopicResponse answer = new ListOffsetsTopicResponse().setName(topic.name());
            response.topics().add(answer);
            for (ListOffsetsPartition asked : topic.partitions()) {
                ListOffsetsPartitionResponse found =
                        new ListOffsetsPartitionResponse().setPartitionIndex(asked.partitionIndex());
                answer.partitions().add(found);
                ListOffsetsRequest.Part part = part(topic.name(), asked, found);
                if (part != null) {
                    parts.add(part);
                    answers.add(found);
                }
            }
        }
        IsolationLevel isolation =
                request.isolationLevel() == 0 ? IsolationLevel.READ_UNCOMMITTED : IsolationLevel.READ_COMMITTED;
        call.replyWhen(brokers.listOffsets(new ListOffsetsRequest(parts, isolation)), outcomes -> {
            for (int i = 0; i < outcomes.size(); i++) {
                fill(answers.get(i), outcomes.get(i), call.version() >= TELLS_EPOCH);
            }
            call.reply(response);
        });
    }

    /** What the brokers are asked, or null when the answer is filled in already. */
    private static ListOffsetsRequest.@Nullable Part part(
            String topic, ListOffsetsPartition asked, ListOffsetsPartitionResponse answer) {
        Target target = targetOf(asked.timestamp());
        if (asked.partitionIndex() < 0) {
            answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
            return null;
        }
        if (target == null) {
            boolean nothingTiered = asked.timestamp() == LATEST_TIERED || asked.timestamp() == EARLIEST_PENDING_UPLOAD;
            answer.setErrorCode((nothingTiered ? Errors.NONE : Errors.INVALID_REQUEST).code());
            return null;
        }
        return new ListOffsetsRequest.Part(
                new TopicPartition(topic, asked.partitionIndex()), asked.currentLeaderEpoch(), target);
    }

    private static @Nullable Target targetOf(long timestamp) {
        if (timestamp >= 0) {
            return new Target.AtTimestamp(timestamp);
        }
        if (timestamp == LATEST) {
            return new Target.Latest();
        }
        if (timestamp == EARLIEST || timestamp == EARLIEST_LOCAL) {
            return new Target.Earliest();
        }
        return timestamp == MAX_TIMESTAMP ? new Target.MaxTimestamp() : null;
    }

    private static void fill(ListOffsetsPartitionResponse answer, Outcome<FoundOffset> outcome, boolean tellsEpoch) {
        switch (outcome) {
            case Outcome.Done<FoundOffset>(FoundOffset found) -> {
                answer.setOffset(found.offset()).setTimestamp(found.timestampMillis());
                if (tellsEpoch) {
                    answer.setLeaderEpoch(found.leaderEpoch());
                }
            }
            case Outcome.Refused<FoundOffset>(Refusal refusal) ->
                answer.setErrorCode(ProtocolErrors.ofPartition(refusal).code());
        }
    }
}
