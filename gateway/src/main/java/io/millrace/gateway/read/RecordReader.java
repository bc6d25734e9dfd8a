package io.millrace.gateway.read;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.routing.MetadataView;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads records for clients that keep their own position. Nothing is kept between two calls. Safe for any thread; futures
 * complete on any thread.
 */
public final class RecordReader {
    private final BrokerApi brokers;
    private final MetadataView view;

    public RecordReader(BrokerApi brokers, MetadataView view) {
        this.brokers = brokers;
        this.view = view;
    }

    /** Turns a starting point into positions in all partitions of the topics. */
    public CompletableFuture<Outcome<Cursor>> locateTopics(List<String> topics, StartPoint start) {
        return CompletableFuture.completedFuture(notYet());
    }

    /** Turns a starting point into positions in the partitions. */
    public CompletableFuture<Outcome<Cursor>> locate(List<TopicPartition> partitions, StartPoint start) {
        return CompletableFuture.completedFuture(notYet());
    }

    /** Reads a page. */
    public CompletableFuture<Outcome<ReadPage>> read(ReadRequest request) {
        return CompletableFuture.completedFuture(notYet());
    }

    private <T> Outcome<T> notYet() {
        return Outcome.refused(new Refusal.Overloaded(
                "Reading is not served here yet (" + brokers + ", picture "
                        + view.image().version() + ").",
                0));
    }
}
