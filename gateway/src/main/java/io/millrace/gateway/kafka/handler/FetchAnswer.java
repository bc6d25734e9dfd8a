package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.NoRecords;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.wire.SliceRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** The answer to one fetch in the making: what is asked of the brokers, and where their outcomes go. */
final class FetchAnswer {
    private static final SliceRecords NOTHING = new SliceRecords(NoRecords.INSTANCE);

    private static final int NO_BROKER = -1;
    private static final long UNKNOWN_OFFSET = -1;

    private final FetchSessions.Turn.Taken turn;
    private final List<FetchRequest.Part> parts = new ArrayList<>();
    /** In the order of the wishes; those that are pending are filled by the outcomes of the parts, in their order. */
    private final List<PartitionData> answers = new ArrayList<>();

    /**
     * Begins with what is known at once.
     *
     * @param byId the picture in which topics are looked up, where they have ids
     * @param preferred the broker that the consumer had better ask for that partition, if there is one
     */
    FetchAnswer(
            FetchSessions.Turn.Taken turn,
            @Nullable ClusterImage byId,
            Function<TopicPartition, OptionalInt> preferred) {
        this.turn = turn;
        for (FetchWish wish : turn.wishes()) {
            FetchPartition part = wish.part();
            String topic = byId == null
                    ? wish.topic()
                    : TopicIds.nameOf(byId, wish.topicId()).orElse(null);
            if (topic == null || part.partition() < 0) {
                answers.add(refused(
                        new PartitionData().setPartitionIndex(part.partition()),
                        topic == null ? Errors.UNKNOWN_TOPIC_ID : Errors.UNKNOWN_TOPIC_OR_PARTITION));
            } else {
                TopicPartition name = new TopicPartition(topic, part.partition());
                OptionalInt nearer = preferred.apply(name);
                answers.add(new PartitionData()
                        .setPartitionIndex(part.partition())
                        .setPreferredReadReplica(nearer.orElse(NO_BROKER))
                        .setHighWatermark(UNKNOWN_OFFSET)
                        .setAbortedTransactions(null)
                        .setRecords(NOTHING));
                if (nearer.isEmpty()) {
                    parts.add(new FetchRequest.Part(
                            name,
                            part.currentLeaderEpoch(),
                            part.fetchOffset(),
                            Math.max(0, part.partitionMaxBytes())));
                }
            }
        }
    }

    private static boolean isPending(PartitionData answer) {
        return answer.errorCode() == Errors.NONE.code() && answer.preferredReadReplica() == NO_BROKER;
    }

    /** What the brokers are asked. */
    List<FetchRequest.Part> parts() {
        return parts;
    }

    /** Whether there is something to tell already. */
    boolean isKnownInPart() {
        return parts.size() < answers.size();
    }

    /** The response when nobody needs to be asked. */
    FetchResponseData withoutOutcomes() {
        return with(List.of());
    }

    /** The response to who has to wait: a session that has begun goes on, and none begins. */
    FetchResponseData throttled() {
        FetchResponseData response = new FetchResponseData();
        FetchSession session = turn.session();
        if (session != null) {
            session.answered();
            response.setSessionId(turn.incremental() ? session.id() : FetchSession.NO_ID);
        }
        return response;
    }

    /** The response with what the brokers said. */
    FetchResponseData with(List<Outcome<Fetched>> outcomes) {
        int next = 0;
        for (PartitionData answer : answers) {
            if (isPending(answer)) {
                fill(answer, outcomes.get(next++));
            }
        }
        FetchResponseData response = new FetchResponseData();
        FetchSession session = turn.session();
        FetchableTopicResponse topic = null;
        for (int i = 0; i < answers.size(); i++) {
            FetchWish wish = turn.wishes().get(i);
            boolean isNews = session == null || session.isNews(wish.key(), answers.get(i));
            if (isNews || !turn.incremental()) {
                if (topic == null || !isOf(topic, wish)) {
                    topic = new FetchableTopicResponse().setTopic(wish.topic()).setTopicId(wish.topicId());
                    response.responses().add(topic);
                }
                topic.partitions().add(answers.get(i));
            }
        }
        if (session != null) {
            response.setSessionId(session.id());
            session.answered();
        }
        return response;
    }

    private static boolean isOf(FetchableTopicResponse topic, FetchWish wish) {
        return topic.topic().equals(wish.topic()) && topic.topicId().equals(wish.topicId());
    }

    private static void fill(PartitionData answer, Outcome<Fetched> outcome) {
        switch (outcome) {
            case Outcome.Done<Fetched>(Fetched done) ->
                answer.setHighWatermark(done.highWatermark())
                        .setLastStableOffset(done.lastStableOffset())
                        .setLogStartOffset(done.logStartOffset())
                        .setAbortedTransactions(null)
                        .setRecords(new SliceRecords(done.records()));
            case Outcome.Refused<Fetched>(Refusal refusal) -> refused(answer, ProtocolErrors.ofPartition(refusal));
        }
    }

    private static PartitionData refused(PartitionData answer, Errors error) {
        return answer.setErrorCode(error.code())
                .setHighWatermark(UNKNOWN_OFFSET)
                .setAbortedTransactions(null)
                .setRecords(NOTHING);
    }
}
