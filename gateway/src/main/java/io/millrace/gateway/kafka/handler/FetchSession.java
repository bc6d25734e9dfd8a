package io.millrace.gateway.kafka.handler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchRequestData.ForgottenTopic;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;

/**
 * What a consumer has asked for and what it was told, so that both sides need to send changes only (KIP-227). It lasts as long as its
 * connection: who comes back on another one is told that it is not known, and begins anew. One fetch is under way at a time, and
 * whoever has the turn may touch it.
 */
final class FetchSession {
    /** The epoch of a request that wants no session, or to end one. */
    static final int FINAL_EPOCH = -1;

    /** The epoch of a request that wants a new session. */
    static final int INITIAL_EPOCH = 0;

    /** A request with this id belongs to no session. */
    static final int NO_ID = 0;

    private final int id;
    private final boolean byTopicId;
    private final Map<FetchWish.Key, Entry> entries = new LinkedHashMap<>();
    private int nextEpoch = 1;
    private boolean underWay = true;

    FetchSession(int id, boolean byTopicId, FetchRequestData request) {
        this.id = id;
        this.byTopicId = byTopicId;
        take(request);
    }

    int id() {
        return id;
    }

    /** Goes on with the next request, or says why that is not possible. */
    Errors next(FetchRequestData request, boolean namesTopicsById) {
        if (underWay || request.sessionEpoch() != nextEpoch) {
            return Errors.INVALID_FETCH_SESSION_EPOCH;
        }
        if (namesTopicsById != byTopicId) {
            return Errors.FETCH_SESSION_TOPIC_ID_ERROR;
        }
        nextEpoch = nextEpoch == Integer.MAX_VALUE ? 1 : nextEpoch + 1;
        underWay = true;
        forget(request);
        take(request);
        return Errors.NONE;
    }

    /** Everything that is wanted now. */
    List<FetchWish> wishes() {
        List<FetchWish> all = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> all.add(entry.wish));
        return all;
    }

    /** Notes what the consumer is told, and says whether there is anything new in it. */
    boolean isNews(FetchWish.Key partition, PartitionData told) {
        Entry entry = entries.get(partition);
        return entry == null || entry.isNews(told);
    }

    /** The fetch that was under way has been answered. */
    void answered() {
        underWay = false;
    }

    private void take(FetchRequestData request) {
        for (FetchTopic topic : request.topics()) {
            for (FetchPartition part : topic.partitions()) {
                FetchWish wish = new FetchWish(topic.topic(), topic.topicId(), part);
                entries.computeIfAbsent(wish.key(), ignored -> new Entry(wish)).wish = wish;
            }
        }
    }

    private void forget(FetchRequestData request) {
        for (ForgottenTopic topic : request.forgottenTopicsData()) {
            topic.partitions()
                    .forEach(partition -> entries.remove(new FetchWish.Key(topic.topic(), topic.topicId(), partition)));
        }
    }

    private static final class Entry {
        private static final long NEVER_TOLD = -2;

        private FetchWish wish;
        private long highWatermark = NEVER_TOLD;
        private long logStartOffset = NEVER_TOLD;

        Entry(FetchWish wish) {
            this.wish = wish;
        }

        boolean isNews(PartitionData told) {
            boolean news = told.errorCode() != Errors.NONE.code()
                    || told.preferredReadReplica() >= 0
                    || told.records().sizeInBytes() > 0
                    || told.highWatermark() != highWatermark
                    || told.logStartOffset() != logStartOffset;
            highWatermark = told.highWatermark();
            logStartOffset = told.logStartOffset();
            return news;
        }
    }
}
