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

    /** What acks says when nobody waits for a response. */
    private static final short NO_RESPONSE = 0;

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
        } else if (hasTransactionalBatch(request)) {
            // What Kafka says when a transactional batch comes without a transactional id.
            refuse(request, Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, call);
        } else {
            append(request, requestBytes, acks, call);
        }
    }

    private static @Nullable Acks acksOf(short number) {
        return switch (number) {
            case -1 -> Acks.ALL;
            case NO_RESPONSE -> Acks.NONE;
            case 1 -> Acks.LEADER;
            default -> null;
        };
    }

    private static boolean hasTransactionalBatch(ProduceRequest request) {
        for (ProduceRequest.Topic topic : request.topics()) {
            for (ProduceRequest.Part part : topic.parts()) {
                ByteBuffer batch = part.batch();
                if (batch != null && BatchRules.isTransactional(batch)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void refuse(ProduceRequest request, Errors error, Call call) {
        if (request.acks() == NO_RESPONSE) {
            hangUpOnSilent(call);
            return;
        }
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
        Draft draft = new Draft(request, call.version(), view.image());
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
            hangUpOnSilent(call);
        } else {
            call.replyNothing();
        }
    }

    private static void hangUpOnSilent(Call call) {
        call.hangUp("a produce request with acks=0 that was refused");
    }

    /** The parts that go to the brokers, and the answers among which those of the brokers have their places. */
    private static final class Draft {
        private static final ByteBuffer NO_RECORDS = ByteBuffer.allocate(0);

        private final List<AppendRequest.Part> parts = new ArrayList<>();
        private final List<ProduceResponse.@Nullable Part> answers = new ArrayList<>();
        private boolean refusedAtOnce;

        Draft(ProduceRequest request, short version, ClusterImage image) {
            for (ProduceRequest.Topic topic : request.topics()) {
                String name = ProduceRequest.namesTopicsById(version)
                        ? TopicIds.nameOf(image, topic.id()).orElse(null)
                        : topic.name();
                topic.parts().forEach(part -> add(name, part, version));
            }
        }

        private void add(@Nullable String topic, ProduceRequest.Part part, short version) {
            ByteBuffer sent = part.batch();
            ByteBuffer batch = sent == null ? NO_RECORDS : sent;
            BatchRules.Broken broken = BatchRules.brokenBy(batch, version);
            if (topic == null) {
                refuse(part, Errors.UNKNOWN_TOPIC_ID, null);
            } else if (part.index() < 0) {
                refuse(part, Errors.UNKNOWN_TOPIC_OR_PARTITION, null);
            } else if (broken != null) {
                refuse(part, broken.error(), broken.message());
            } else {
                TopicPartition name = new TopicPartition(topic, part.index());
                parts.add(new AppendRequest.Part(name, AppendRequest.ANY_EPOCH, batch));
                answers.add(null);
            }
        }

        private void refuse(ProduceRequest.Part part, Errors error, @Nullable String message) {
            refusedAtOnce = true;
            answers.add(ProduceResponse.Part.refused(part.index(), error.code(), message));
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
