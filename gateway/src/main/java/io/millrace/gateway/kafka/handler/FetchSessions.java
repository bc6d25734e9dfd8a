package io.millrace.gateway.kafka.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** The fetch session of one connection, at most one. Confined to the connection's thread. */
final class FetchSessions {
    private static final AtomicInteger IDS = new AtomicInteger();

    private @Nullable FetchSession present;

    /** How a request stands to sessions. */
    sealed interface Turn {
        /** It cannot be served. */
        record Refused(Errors error) implements Turn {}

        /**
         * It is served, with everything that it wants.
         *
         * @param session of which it is a part, or null
         * @param incremental whether only news are told
         */
        record Taken(List<FetchWish> wishes, @Nullable FetchSession session, boolean incremental) implements Turn {}
    }

    /** Takes a request in. */
    Turn take(FetchRequestData request, boolean byTopicId) {
        FetchSession session = present;
        return switch (request.sessionEpoch()) {
            case FetchSession.FINAL_EPOCH -> {
                present = null;
                yield new Turn.Taken(wishesOf(request), null, false);
            }
            case FetchSession.INITIAL_EPOCH -> {
                FetchSession begun = new FetchSession(nextId(), byTopicId, request);
                present = begun;
                yield new Turn.Taken(begun.wishes(), begun, false);
            }
            default -> {
                if (session == null || session.id() != request.sessionId()) {
                    yield new Turn.Refused(Errors.FETCH_SESSION_ID_NOT_FOUND);
                }
                Errors problem = session.next(request, byTopicId);
                yield problem == Errors.NONE
                        ? new Turn.Taken(session.wishes(), session, true)
                        : new Turn.Refused(problem);
            }
        };
    }

    private static List<FetchWish> wishesOf(FetchRequestData request) {
        List<FetchWish> wishes = new ArrayList<>();
        for (FetchTopic topic : request.topics()) {
            topic.partitions().forEach(part -> wishes.add(new FetchWish(topic.topic(), topic.topicId(), part)));
        }
        return wishes;
    }

    /** Unique among the connections of this process for a long time, so that none is mistaken for another's. */
    private static int nextId() {
        return IDS.updateAndGet(id -> id == Integer.MAX_VALUE ? 1 : id + 1);
    }
}
