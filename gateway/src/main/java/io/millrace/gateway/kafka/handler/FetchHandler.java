package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.FetchRequest.ServedBy;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.routing.MetadataView;
import java.time.Duration;
import java.util.OptionalInt;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * Fetch by consumers. Records leave as they lie in the log. Followers of ours do not come this way, and whoever says that he is one is
 * served what consumers are.
 */
final class FetchHandler implements ApiHandler<FetchRequestData> {
    private static final short BY_TOPIC_ID = 13;

    private final BrokerApi brokers;
    private final MetadataView view;
    private final PreferredReplicas preferred;

    FetchHandler(BrokerApi brokers, MetadataView view, PreferredReplicas preferred) {
        this.brokers = brokers;
        this.view = view;
        this.preferred = preferred;
    }

    @Override
    public Versions versions() {
        return Versions.of(ApiKeys.FETCH, 4, 18);
    }

    @Override
    public void handle(FetchRequestData request, Call call) {
        boolean byTopicId = call.version() >= BY_TOPIC_ID;
        FetchSessions sessions = call.client().keep(FetchSessions.class, FetchSessions::new);
        switch (sessions.take(request, byTopicId)) {
            case FetchSessions.Turn.Refused(Errors error) ->
                call.reply(new FetchResponseData().setErrorCode(error.code()));
            case FetchSessions.Turn.Taken turn ->
                fetch(
                        request,
                        new FetchAnswer(
                                turn, byTopicId ? view.image() : null, name -> preferredBy(request, name, call)),
                        call);
        }
    }

    private OptionalInt preferredBy(FetchRequestData request, TopicPartition name, Call call) {
        return preferred.of(name, request.rackId(), call.client().listener());
    }

    private void fetch(FetchRequestData request, FetchAnswer answer, Call call) {
        if (answer.parts().isEmpty()) {
            call.reply(answer.withoutOutcomes());
            return;
        }
        FetchRequest question = new FetchRequest(
                answer.parts(),
                Math.max(0, request.minBytes()),
                Math.max(0, request.maxBytes()),
                answer.isKnownInPart() ? Duration.ZERO : Duration.ofMillis(Math.max(0, request.maxWaitMs())),
                request.isolationLevel() == 0 ? IsolationLevel.READ_UNCOMMITTED : IsolationLevel.READ_COMMITTED,
                request.rackId().isEmpty() ? ServedBy.LEADER : ServedBy.ANY_REPLICA);
        call.replyWhen(brokers.fetch(question), outcomes -> call.reply(answer.with(outcomes)));
    }
}
