package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.routing.MetadataView;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.jspecify.annotations.Nullable;

/**
 * Produce. Batches go to the log as they came, from the frame itself. Versions below 3 carry formats that are not taken, yet are
 * advertised, as in Kafka: librdkafka would not compress otherwise.
 */
final class ProduceHandler implements ApiHandler<ProduceRequestData> {
    private static final short FROM = 3;
    private static final short TO = 13;
    private static final short BY_TOPIC_ID = 13;

    private final BrokerApi brokers;
    private final MetadataView view;

    ProduceHandler(BrokerApi brokers, MetadataView view) {
        this.brokers = brokers;
        this.view = view;
    }

    @Override
    public Versions versions() {
        return new Versions(ApiKeys.PRODUCE, (short) 0, FROM, TO);
    }

    @Override
    public void handle(ProduceRequestData request, Call call) {
        Acks acks = acksOf(request.acks());
        if (acks == null || request.transactionalId() != null) {
            replyToAll(request, call, acks == null ? Errors.INVALID_REQUIRED_ACKS : Errors.INVALID_TXN_STATE);
            return;
        }
        Draft draft = new Draft(request, call.version() >= BY_TOPIC_ID ? view.image() : null);
        AppendRequest append =
                new AppendRequest(draft.parts, acks, Duration.ofMillis(Math.max(0, request.timeoutMs())));
        call.replyWhen(brokers.append(append), outcomes -> {
            if (acks == Acks.NONE) {
                replyToSilent(draft, outcomes, call);
            } else {
                call.reply(draft.response(outcomes));
            }
        });
    }

    private static @Nullable Acks acksOf(short number) {
        return switch (number) {
            case -1 -> Acks.ALL;
            case 0 -> Acks.NONE;
            case 1 -> Acks.LEADER;
            default -> null;
        };
    }

    /** Who waits for no response learns of a failure by the end of the connection, and looks at the metadata again. */
    private static void replyToSilent(Draft draft, List<Outcome<Appended>> outcomes, Call call) {
        boolean failed = draft.refusedAtOnce || outcomes.stream().anyMatch(Outcome.Refused.class::isInstance);
        if (failed) {
            call.hangUp("a produce request with acks=0 that was refused");
        } else {
            call.replyNothing();
        }
    }

    private static void replyToAll(ProduceRequestData request, Call call, Errors error) {
        ProduceResponseData response = new ProduceResponseData();
        for (TopicProduceData topic : request.topicData()) {
            TopicProduceResponse answer =
                    new TopicProduceResponse().setName(topic.name()).setTopicId(topic.topicId());
            topic.partitionData().forEach(part -> answer.partitionResponses().add(refused(part.index(), error, null)));
            response.responses().add(answer);
        }
        call.reply(response);
    }

    private static PartitionProduceResponse refused(int partition, Errors error, @Nullable String message) {
        return new PartitionProduceResponse()
                .setIndex(partition)
                .setErrorCode(error.code())
                .setErrorMessage(message)
                .setBaseOffset(-1);
    }

    /** The parts that go to the brokers, and the response into which their outcomes are put. */
    private static final class Draft {
        private final List<AppendRequest.Part> parts = new ArrayList<>();
        private final List<PartitionProduceResponse> answers = new ArrayList<>();
        private final ProduceResponseData response = new ProduceResponseData();
        private boolean refusedAtOnce;

        Draft(ProduceRequestData request, @Nullable ClusterImage byId) {
            for (TopicProduceData topic : request.topicData()) {
                TopicProduceResponse answer =
                        new TopicProduceResponse().setName(topic.name()).setTopicId(topic.topicId());
                response.responses().add(answer);
                String name = byId == null ? topic.name() : nameOf(byId, topic.topicId());
                for (PartitionProduceData part : topic.partitionData()) {
                    answer.partitionResponses().add(draft(name, part));
                }
            }
        }

        private static @Nullable String nameOf(ClusterImage image, Uuid id) {
            return TopicIds.nameOf(image, id).orElse(null);
        }

        private PartitionProduceResponse draft(@Nullable String topic, PartitionProduceData part) {
            Errors problem = problemOf(topic, part);
            if (topic == null || problem != Errors.NONE) {
                refusedAtOnce = true;
                return refused(part.index(), problem, null);
            }
            ByteBuffer batch = ((MemoryRecords) part.records()).buffer();
            parts.add(new AppendRequest.Part(new TopicPartition(topic, part.index()), AppendRequest.ANY_EPOCH, batch));
            PartitionProduceResponse answer = new PartitionProduceResponse().setIndex(part.index());
            answers.add(answer);
            return answer;
        }

        private static Errors problemOf(@Nullable String topic, PartitionProduceData part) {
            if (topic == null) {
                return Errors.UNKNOWN_TOPIC_ID;
            }
            if (part.index() < 0) {
                return Errors.UNKNOWN_TOPIC_OR_PARTITION;
            }
            return part.records() == null ? Errors.INVALID_RECORD : Errors.NONE;
        }

        ProduceResponseData response(List<Outcome<Appended>> outcomes) {
            for (int i = 0; i < outcomes.size(); i++) {
                PartitionProduceResponse answer = answers.get(i);
                switch (outcomes.get(i)) {
                    case Outcome.Done<Appended>(Appended done) ->
                        answer.setBaseOffset(done.baseOffset())
                                .setLogAppendTimeMs(done.logAppendTimeMillis())
                                .setLogStartOffset(done.logStartOffset());
                    case Outcome.Refused<Appended>(Refusal refusal) ->
                        answer.setErrorCode(ProtocolErrors.ofPartition(refusal).code())
                                .setErrorMessage(refusal.message())
                                .setBaseOffset(-1);
                }
            }
            return response;
        }
    }
}
