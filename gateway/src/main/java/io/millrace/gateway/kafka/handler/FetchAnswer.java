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
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** The answer to one fetch in the making: what is asked of the brokers, and where their outcomes go. */
final class FetchAnswer {
    private static final SliceRecords NOTHING = new SliceRecords(NoRecords.INSTANCE);

    private final FetchSessions.Turn.Taken turn;
    private final List<FetchRequest.Part> parts = new ArrayList<>();
    /** In the order of the wishes; those without an error are filled by the outcomes of the parts, in their order. */
    private final List<PartitionData> answers = new ArrayList<>();

    /**
     * Begins with what is refused at once.
     *
     * @param byId the picture in which topics are looked up, where they have ids
     */
    FetchAnswer(FetchSessions.Turn.Taken turn, @Nullable ClusterImage byId) {
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
                answers.add(new PartitionData().setPartitionIndex(part.partition()));
                parts.add(new FetchRequest.Part(
                        new TopicPartition(topic, part.partition()),
                        part.currentLeaderEpoch(),
                        part.fetchOffset(),
                        Math.max(0, part.partitionMaxBytes())));
            }
        }
    }

    /** What the brokers are asked. */
    List<FetchRequest.Part> parts() {
        return parts;
    }

    /** Whether there is something to tell already. */
    boolean isRefusedInPart() {
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
            if (answer.errorCode() == Errors.NONE.code()) {
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
                .setHighWatermark(-1)
                .setAbortedTransactions(null)
                .setRecords(NOTHING);
    }
}
