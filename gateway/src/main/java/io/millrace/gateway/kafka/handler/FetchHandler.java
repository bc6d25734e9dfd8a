package io.millrace.gateway.kafka.handler;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.FetchRequest.ServedBy;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.metadata.QuotaKind;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.routing.MetadataView;
import java.time.Duration;
import java.util.List;
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
        int bytesMax = call.expectRecords(bytesMax(request, answer, call));
        FetchRequest question = new FetchRequest(
                answer.parts(),
                Math.min(bytesMax, Math.max(0, request.minBytes())),
                bytesMax,
                answer.isKnownInPart() ? Duration.ZERO : Duration.ofMillis(Math.max(0, request.maxWaitMs())),
                request.isolationLevel() == 0 ? IsolationLevel.READ_UNCOMMITTED : IsolationLevel.READ_COMMITTED,
                request.rackId().isEmpty() ? ServedBy.LEADER : ServedBy.ANY_REPLICA);
        call.replyWhen(brokers.fetch(question), outcomes -> reply(answer, outcomes, call));
    }

    /** Never more than what can pass the quota at once: the answer would be thrown away, and the next one too. */
    private static int bytesMax(FetchRequestData request, FetchAnswer answer, Call call) {
        long wanted = 0;
        for (FetchRequest.Part part : answer.parts()) {
            wanted += part.maxBytes();
        }
        wanted = Math.min(wanted, Math.max(0, request.maxBytes()));
        return (int) Math.min((double) wanted, call.amountAtOnceMax(QuotaKind.CONSUMER_BYTE_RATE));
    }

    /** Whoever has to wait is told so without records, and without that they count (KIP-219): he asks for them again. */
    private static void reply(FetchAnswer answer, List<Outcome<Fetched>> outcomes, Call call) {
        double bytes = 0;
        for (Outcome<Fetched> outcome : outcomes) {
            bytes += outcome instanceof Outcome.Done<Fetched>(Fetched done)
                    ? done.records().sizeInBytes()
                    : 0;
        }
        boolean within = call.tryCharge(QuotaKind.CONSUMER_BYTE_RATE, bytes);
        if (call.throttleMillis() == 0) {
            call.reply(answer.with(outcomes));
            return;
        }
        if (within) {
            call.correct(QuotaKind.CONSUMER_BYTE_RATE, -bytes);
        }
        call.reply(answer.throttled());
    }
}
