package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.FetchRequest.ServedBy;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.NoRecords;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.wire.SliceRecords;
import io.millrace.gateway.routing.MetadataView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchMetadata;
import org.jspecify.annotations.Nullable;

/** Fetch by consumers. Records leave as they lie in the log. Followers of ours do not come this way. */
final class FetchHandler implements ApiHandler<FetchRequestData> {
    private static final short BY_TOPIC_ID = 13;
    private static final SliceRecords NOTHING = new SliceRecords(NoRecords.INSTANCE);

    private final BrokerApi brokers;
    private final MetadataView view;

    FetchHandler(BrokerApi brokers, MetadataView view) {
        this.brokers = brokers;
        this.view = view;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.FETCH, 4, 18);
    }

    @Override
    public void handle(FetchRequestData request, Call call) {
        if (request.sessionId() != FetchMetadata.INVALID_SESSION_ID) {
            call.reply(new FetchResponseData().setErrorCode(Errors.FETCH_SESSION_ID_NOT_FOUND.code()));
            return;
        }
        Draft draft = new Draft(request, call.version() >= BY_TOPIC_ID ? view.image() : null);
        if (draft.parts.isEmpty()) {
            call.reply(draft.response);
            return;
        }
        call.replyWhen(brokers.fetch(draft.question(request)), outcomes -> call.reply(draft.response(outcomes)));
    }

    private static PartitionData refused(int partition, Errors error) {
        return new PartitionData()
                .setPartitionIndex(partition)
                .setErrorCode(error.code())
                .setHighWatermark(-1)
                .setAbortedTransactions(null)
                .setRecords(NOTHING);
    }

    /** The parts that are asked for, and the response into which their outcomes are put. */
    private static final class Draft {
        private final List<FetchRequest.Part> parts = new ArrayList<>();
        private final List<PartitionData> answers = new ArrayList<>();
        private final FetchResponseData response = new FetchResponseData();
        private boolean refusedAtOnce;

        Draft(FetchRequestData request, @Nullable ClusterImage byId) {
            for (FetchTopic topic : request.topics()) {
                FetchableTopicResponse answer =
                        new FetchableTopicResponse().setTopic(topic.topic()).setTopicId(topic.topicId());
                response.responses().add(answer);
                String name = byId == null
                        ? topic.topic()
                        : TopicIds.nameOf(byId, topic.topicId()).orElse(null);
                for (FetchPartition part : topic.partitions()) {
                    answer.partitions().add(draft(name, part));
                }
            }
        }

        private PartitionData draft(@Nullable String topic, FetchPartition part) {
            if (topic == null || part.partition() < 0) {
                refusedAtOnce = true;
                Errors error = topic == null ? Errors.UNKNOWN_TOPIC_ID : Errors.UNKNOWN_TOPIC_OR_PARTITION;
                return refused(part.partition(), error);
            }
            parts.add(new FetchRequest.Part(
                    new TopicPartition(topic, part.partition()),
                    part.currentLeaderEpoch(),
                    part.fetchOffset(),
                    Math.max(0, part.partitionMaxBytes())));
            PartitionData answer = new PartitionData().setPartitionIndex(part.partition());
            answers.add(answer);
            return answer;
        }

        FetchRequest question(FetchRequestData request) {
            return new FetchRequest(
                    parts,
                    Math.max(0, request.minBytes()),
                    Math.max(0, request.maxBytes()),
                    refusedAtOnce ? Duration.ZERO : Duration.ofMillis(Math.max(0, request.maxWaitMs())),
                    request.isolationLevel() == 0 ? IsolationLevel.READ_UNCOMMITTED : IsolationLevel.READ_COMMITTED,
                    request.rackId().isEmpty() ? ServedBy.LEADER : ServedBy.ANY_REPLICA);
        }

        FetchResponseData response(List<Outcome<Fetched>> outcomes) {
            for (int i = 0; i < outcomes.size(); i++) {
                PartitionData answer = answers.get(i);
                answer.setAbortedTransactions(null);
                switch (outcomes.get(i)) {
                    case Outcome.Done<Fetched>(Fetched done) ->
                        answer.setHighWatermark(done.highWatermark())
                                .setLastStableOffset(done.lastStableOffset())
                                .setLogStartOffset(done.logStartOffset())
                                .setRecords(new SliceRecords(done.records()));
                    case Outcome.Refused<Fetched>(Refusal refusal) ->
                        answer.setErrorCode(ProtocolErrors.ofPartition(refusal).code())
                                .setHighWatermark(-1)
                                .setRecords(NOTHING);
                }
            }
            return response;
        }
    }
}
