package io.millrace.rpc.wire;

import io.millrace.core.api.ActiveProducer;
import io.millrace.core.api.DescribeProducersRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.model.TopicPartition;
import io.millrace.internal.v1.DescribeProducersResponse;
import java.util.ArrayList;
import java.util.List;

/** Questions for the producers of partitions as messages. */
public final class ProducerMessages {
    private ProducerMessages() {}

    /** Of which partitions. */
    public static io.millrace.internal.v1.DescribeProducersRequest encode(
            BrokerAddressed to, DescribeProducersRequest request) {
        io.millrace.internal.v1.DescribeProducersRequest.Builder message =
                io.millrace.internal.v1.DescribeProducersRequest.newBuilder()
                        .setTo(to.encode())
                        .setProducersMax(request.producersMax());
        request.partitions().forEach(partition -> message.addPartitions(Partitions.encode(partition)));
        return message.build();
    }

    /** Who the request is for. */
    public static BrokerAddressed addressee(io.millrace.internal.v1.DescribeProducersRequest message)
            throws MalformedMessageException {
        return BrokerAddressed.decode(message.hasTo(), message.getTo());
    }

    /** Of which partitions. */
    public static DescribeProducersRequest decode(io.millrace.internal.v1.DescribeProducersRequest message)
            throws MalformedMessageException {
        List<TopicPartition> partitions = new ArrayList<>(message.getPartitionsCount());
        for (io.millrace.internal.v1.TopicPartition partition : message.getPartitionsList()) {
            partitions.add(Partitions.decode(partition));
        }
        return new DescribeProducersRequest(partitions, message.getProducersMax());
    }

    /** Producers, part by part. */
    public static DescribeProducersResponse encode(List<Outcome<List<ActiveProducer>>> outcomes) {
        DescribeProducersResponse.Builder message = DescribeProducersResponse.newBuilder();
        for (Outcome<List<ActiveProducer>> outcome : outcomes) {
            DescribeProducersResponse.Part.Builder part = message.addPartsBuilder();
            var _ = Outcomes.encode(outcome, producers -> part.setProducers(encodeAll(producers)), part::setRefusal);
        }
        return message.build();
    }

    /** Producers, part by part. */
    public static List<Outcome<List<ActiveProducer>>> decode(DescribeProducersResponse message)
            throws MalformedMessageException {
        List<Outcome<List<ActiveProducer>>> outcomes = new ArrayList<>(message.getPartsCount());
        for (DescribeProducersResponse.Part part : message.getPartsList()) {
            outcomes.add(
                    switch (part.getOutcomeCase()) {
                        case PRODUCERS -> Outcome.done(decodeAll(part.getProducers()));
                        case REFUSAL -> Outcomes.refused(part.getRefusal());
                        case OUTCOME_NOT_SET -> throw new MalformedMessageException("A part of the answer is empty.");
                    });
        }
        return outcomes;
    }

    private static DescribeProducersResponse.Producers encodeAll(List<ActiveProducer> producers) {
        DescribeProducersResponse.Producers.Builder message = DescribeProducersResponse.Producers.newBuilder();
        for (ActiveProducer producer : producers) {
            message.addProducers(DescribeProducersResponse.Producer.newBuilder()
                    .setProducerId(producer.producerId())
                    .setProducerEpoch(producer.producerEpoch())
                    .setLastSequence(producer.lastSequence())
                    .setLastTimestampMillis(producer.lastTimestampMillis()));
        }
        return message.build();
    }

    private static List<ActiveProducer> decodeAll(DescribeProducersResponse.Producers message) {
        return message.getProducersList().stream()
                .map(producer -> new ActiveProducer(
                        producer.getProducerId(),
                        (short) producer.getProducerEpoch(),
                        producer.getLastSequence(),
                        producer.getLastTimestampMillis()))
                .toList();
    }
}
