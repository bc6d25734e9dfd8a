package io.millrace.gateway.routing;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Waits until the leaders of new partitions serve them, so that whoever made them can produce at once: many clients hold a
 * leader that is just opening its log for a failure. When one does not follow in time this goes on nevertheless, for the
 * partitions are committed. Safe for any thread.
 */
public final class LeaderOpening {
    private final BrokerApi brokers;
    private final MetadataView view;
    private final BrokerRetry retry;

    /** Asks the brokers for as long as that retry says. */
    public LeaderOpening(BrokerApi brokers, MetadataView view, BrokerRetry retry) {
        this.brokers = brokers;
        this.view = view;
        this.retry = retry;
    }

    /** Completes when all partitions are served, the topic is deleted, or the time is over. */
    CompletableFuture<Void> await(TopicImage topic) {
        DescribePartitionsRequest question = new DescribePartitionsRequest(topic.partitions().stream()
                .map(PartitionImage::partition)
                .map(number -> new TopicPartition(topic.name(), number))
                .toList());
        return retry.ask(() -> view.image().topic(topic.topicId()).isPresent()
                        ? brokers.describe(question)
                        : CompletableFuture.completedFuture(List.of()))
                .thenAccept(_ -> {});
    }
}
