package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.wire.ProduceRequest;
import io.millrace.gateway.kafka.wire.ProduceResponse;
import io.millrace.gateway.routing.MetadataView;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * Produce. Batches go to the log as they came, from the frame itself. Versions below 3 carry formats that are not taken, yet are
 * advertised, as in Kafka: librdkafka would not compress otherwise.
 */
final class ProduceHandler implements FrameApi {
    private static final short FROM = 3;
    private static final short TO = 13;

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
    public void receive(ByteBuffer frame, Call call) {
        int requestBytes = frame.limit();
        ProduceRequest request = ProduceRequest.read(frame, call.version());
        Acks acks = acksOf(request.acks());
        if (acks == null) {
            refuse(request, Errors.INVALID_REQUIRED_ACKS, call);
        } else if (request.transactionalId() != null) {
            refuse(request, Errors.INVALID_TXN_STATE, call);
        } else {
            append(request, requestBytes, acks, call);
        }
    }

    private static @Nullable Acks acksOf(short number) {
        return switch (number) {
            case -1 -> Acks.ALL;
            case 0 -> Acks.NONE;
            case 1 -> Acks.LEADER;
            default -> null;
        };
    }

    private static void refuse(ProduceRequest request, Errors error, Call call) {
        List<ProduceResponse.Part> parts = new ArrayList<>();
        request.topics()
                .forEach(topic -> topic.parts()
                        .forEach(part -> parts.add(ProduceResponse.Part.refused(part.index(), error.code(), null))));
        reply(request, parts, call);
    }

    private static void reply(ProduceRequest request, List<ProduceResponse.Part> parts, Call call) {
        int throttleMillis = call.throttleMillis();
        call.send(ProduceResponse.write(call.head(), request, parts, throttleMillis), throttleMillis);
    }

    private void append(ProduceRequest request, int requestBytes, Acks acks, Call call) {
        Draft draft = new Draft(request, ProduceRequest.namesTopicsById(call.version()) ? view.image() : null);
        AppendRequest append =
                new AppendRequest(draft.parts, acks, Duration.ofMillis(Math.max(0, request.timeoutMillis())));
        if (acks == Acks.NONE) {
            call.replyOnceDone(brokers.append(append), outcomes -> {
                call.charge(QuotaKind.PRODUCER_BYTE_RATE, requestBytes);
                replyToSilent(draft, outcomes, call);
            });
        } else {
            call.replyWhen(brokers.append(append), outcomes -> {
                call.charge(QuotaKind.PRODUCER_BYTE_RATE, requestBytes);
                reply(request, draft.answers(outcomes), call);
            });
        }
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

    /** The parts that go to the brokers, and the answers among which those of the brokers have their places. */
    private static final class Draft {
        private final List<AppendRequest.Part> parts = new ArrayList<>();
        private final List<ProduceResponse.@Nullable Part> answers = new ArrayList<>();
        private boolean refusedAtOnce;

        Draft(ProduceRequest request, @Nullable ClusterImage byId) {
            for (ProduceRequest.Topic topic : request.topics()) {
                String name = byId == null
                        ? topic.name()
                        : TopicIds.nameOf(byId, topic.id()).orElse(null);
                topic.parts().forEach(part -> add(name, part));
            }
        }

        private void add(@Nullable String topic, ProduceRequest.Part part) {
            ByteBuffer batch = part.batch();
            if (topic == null) {
                refuse(part, Errors.UNKNOWN_TOPIC_ID);
            } else if (part.index() < 0) {
                refuse(part, Errors.UNKNOWN_TOPIC_OR_PARTITION);
            } else if (batch == null) {
                refuse(part, Errors.INVALID_RECORD);
            } else {
                TopicPartition name = new TopicPartition(topic, part.index());
                parts.add(new AppendRequest.Part(name, AppendRequest.ANY_EPOCH, batch));
                answers.add(null);
            }
        }

        private void refuse(ProduceRequest.Part part, Errors error) {
            refusedAtOnce = true;
            answers.add(ProduceResponse.Part.refused(part.index(), error.code(), null));
        }

        List<ProduceResponse.Part> answers(List<Outcome<Appended>> outcomes) {
            List<ProduceResponse.Part> all = new ArrayList<>(answers.size());
            int next = 0;
            for (ProduceResponse.Part early : answers) {
                if (early != null) {
                    all.add(early);
                } else {
                    all.add(answer(parts.get(next).partition().partition(), outcomes.get(next)));
                    next++;
                }
            }
            return all;
        }

        private static ProduceResponse.Part answer(int index, Outcome<Appended> outcome) {
            return switch (outcome) {
                case Outcome.Done<Appended>(Appended done) ->
                    new ProduceResponse.Part(
                            index,
                            Errors.NONE.code(),
                            done.baseOffset(),
                            done.logAppendTimeMillis(),
                            done.logStartOffset(),
                            null);
                case Outcome.Refused<Appended>(Refusal refusal) ->
                    ProduceResponse.Part.refused(
                            index, ProtocolErrors.ofPartition(refusal).code(), refusal.message());
            };
        }
    }
}
