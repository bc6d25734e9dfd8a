package io.millrace.gateway.kafka.handler.admin;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DescribeProducersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicName;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.handler.ApiHandler;
import io.millrace.gateway.kafka.handler.Call;
import io.millrace.gateway.kafka.handler.ProtocolErrors;
import java.util.List;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.DescribeProducersResponseData.PartitionResponse;
import org.apache.kafka.common.message.DescribeProducersResponseData.ProducerState;
import org.apache.kafka.common.message.DescribeProducersResponseData.TopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * DescribeProducers (KIP-664): the idempotent producers that the leaders of partitions know. Of transactions, which there are not yet, it
 * tells what Kafka tells of a producer without one.
 */
final class DescribeProducersHandler implements ApiHandler<DescribeProducersRequestData> {
    /** Producers of one response: a partition that has more than its share of them is refused. */
    static final int PRODUCERS_MAX = 50_000;

    private final BrokerApi brokers;

    DescribeProducersHandler(BrokerApi brokers) {
        this.brokers = brokers;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.DESCRIBE_PRODUCERS, 0, 0);
    }

    @Override
    public void handle(DescribeProducersRequestData request, Call call) {
        Questions<TopicPartition, PartitionResponse> questions = new Questions<>();
        DescribeProducersResponseData response = new DescribeProducersResponseData();
        for (TopicRequest topic : request.topics()) {
            TopicResponse answer = new TopicResponse().setName(topic.name());
            response.topics().add(answer);
            topic.partitionIndexes().forEach(index -> answer.partitions().add(draft(topic.name(), index, questions)));
        }
        int share = PRODUCERS_MAX / Math.max(1, questions.list().size());
        call.replyWhen(brokers.describeProducers(new DescribeProducersRequest(questions.list(), share)), outcomes -> {
            questions.fill(outcomes, DescribeProducersHandler::fill);
            call.reply(response);
        });
    }

    private static PartitionResponse draft(
            String topic, int index, Questions<TopicPartition, PartitionResponse> questions) {
        PartitionResponse answer = new PartitionResponse().setPartitionIndex(index);
        if (TopicName.problemOf(topic).isPresent()) {
            return answer.setErrorCode(Errors.INVALID_TOPIC_EXCEPTION.code());
        }
        if (index < 0) {
            return answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        }
        questions.add(new TopicPartition(topic, index), answer);
        return answer;
    }

    private static void fill(PartitionResponse answer, Outcome<List<ActiveProducer>> outcome) {
        switch (outcome) {
            case Outcome.Done<List<ActiveProducer>>(List<ActiveProducer> producers) ->
                answer.setActiveProducers(
                        producers.stream().map(DescribeProducersHandler::state).toList());
            case Outcome.Refused<List<ActiveProducer>>(Refusal refusal) ->
                answer.setErrorCode(ProtocolErrors.ofPartition(refusal).code()).setErrorMessage(refusal.message());
        }
    }

    /** What is not set is what the protocol has for a producer without a transaction. */
    private static ProducerState state(ActiveProducer producer) {
        return new ProducerState()
                .setProducerId(producer.producerId())
                .setProducerEpoch(producer.producerEpoch())
                .setLastSequence(producer.lastSequence())
                .setLastTimestamp(producer.lastTimestampMillis())
                .setCoordinatorEpoch(NO_COORDINATOR);
    }

    private static final int NO_COORDINATOR = -1;
}
