package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DeleteRecordsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.ProtocolErrors;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** DeleteRecords (KIP-107): moves the start of partitions forward. */
final class DeleteRecordsHandler implements ApiHandler<DeleteRecordsRequestData> {
    private static final long NO_OFFSET = -1;

    private final BrokerApi brokers;

    DeleteRecordsHandler(BrokerApi brokers) {
        this.brokers = brokers;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.DELETE_RECORDS, 0, 2);
    }

    @Override
    public void handle(DeleteRecordsRequestData request, Call call) {
        Questions<DeleteRecordsRequest.Part, DeleteRecordsPartitionResult> questions = new Questions<>();
        DeleteRecordsResponseData response = new DeleteRecordsResponseData();
        for (DeleteRecordsTopic topic : request.topics()) {
            DeleteRecordsTopicResult answer = new DeleteRecordsTopicResult().setName(topic.name());
            response.topics().add(answer);
            topic.partitions().forEach(asked -> answer.partitions().add(draft(topic.name(), asked, questions)));
        }
        call.replyWhen(brokers.deleteRecords(new DeleteRecordsRequest(questions.list())), outcomes -> {
            questions.fill(outcomes, DeleteRecordsHandler::fill);
            call.reply(response);
        });
    }

    private static DeleteRecordsPartitionResult draft(
            String topic,
            DeleteRecordsPartition asked,
            Questions<DeleteRecordsRequest.Part, DeleteRecordsPartitionResult> questions) {
        DeleteRecordsPartitionResult answer = new DeleteRecordsPartitionResult()
                .setPartitionIndex(asked.partitionIndex())
                .setLowWatermark(NO_OFFSET);
        if (asked.partitionIndex() < 0) {
            return answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        }
        if (asked.offset() < DeleteRecordsRequest.HIGH_WATERMARK) {
            return answer.setErrorCode(Errors.OFFSET_OUT_OF_RANGE.code());
        }
        questions.add(
                new DeleteRecordsRequest.Part(new TopicPartition(topic, asked.partitionIndex()), asked.offset()),
                answer);
        return answer;
    }

    private static void fill(DeleteRecordsPartitionResult answer, Outcome<PartitionStatus> outcome) {
        switch (outcome) {
            case Outcome.Done<PartitionStatus>(PartitionStatus status) ->
                answer.setLowWatermark(status.logStartOffset());
            case Outcome.Refused<PartitionStatus>(Refusal refusal) ->
                answer.setErrorCode(ProtocolErrors.ofPartition(refusal).code());
        }
    }
}
