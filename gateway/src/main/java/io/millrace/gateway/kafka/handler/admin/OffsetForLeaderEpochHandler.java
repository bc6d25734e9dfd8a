package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.FoundOffset;
import io.millrace.core.api.ListOffsetsRequest;
import io.millrace.core.api.ListOffsetsRequest.Target;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.ProtocolErrors;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** OffsetForLeaderEpoch (KIP-320): by it a consumer finds out whether what it has read is still there after a change of leaders. */
final class OffsetForLeaderEpochHandler implements ApiHandler<OffsetForLeaderEpochRequestData> {
    private final BrokerApi brokers;

    OffsetForLeaderEpochHandler(BrokerApi brokers) {
        this.brokers = brokers;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.OFFSET_FOR_LEADER_EPOCH, 2, 4);
    }

    @Override
    public void handle(OffsetForLeaderEpochRequestData request, Call call) {
        Questions<ListOffsetsRequest.Part, EpochEndOffset> questions = new Questions<>();
        OffsetForLeaderEpochResponseData response = new OffsetForLeaderEpochResponseData();
        for (OffsetForLeaderTopic topic : request.topics()) {
            OffsetForLeaderTopicResult answer = new OffsetForLeaderTopicResult().setTopic(topic.topic());
            response.topics().add(answer);
            topic.partitions().forEach(asked -> answer.partitions().add(draft(topic.topic(), asked, questions)));
        }
        ListOffsetsRequest wish = new ListOffsetsRequest(questions.list(), IsolationLevel.READ_UNCOMMITTED);
        call.replyWhen(brokers.listOffsets(wish), outcomes -> {
            questions.fill(outcomes, OffsetForLeaderEpochHandler::fill);
            call.reply(response);
        });
    }

    private static EpochEndOffset draft(
            String topic,
            OffsetForLeaderPartition asked,
            Questions<ListOffsetsRequest.Part, EpochEndOffset> questions) {
        EpochEndOffset answer = new EpochEndOffset().setPartition(asked.partition());
        if (asked.partition() < 0) {
            return answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        }
        if (asked.leaderEpoch() < 0) {
            return answer; // no epoch, which ends nowhere
        }
        questions.add(
                new ListOffsetsRequest.Part(
                        new TopicPartition(topic, asked.partition()),
                        asked.currentLeaderEpoch(),
                        new Target.EndOfEpoch(asked.leaderEpoch())),
                answer);
        return answer;
    }

    private static void fill(EpochEndOffset answer, Outcome<FoundOffset> outcome) {
        switch (outcome) {
            case Outcome.Done<FoundOffset>(FoundOffset found) ->
                answer.setLeaderEpoch(found.leaderEpoch()).setEndOffset(found.offset());
            case Outcome.Refused<FoundOffset>(Refusal refusal) ->
                answer.setErrorCode(ProtocolErrors.ofPartition(refusal).code());
        }
    }
}
