package io.millrace.gateway.grpc;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicOptions;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.partitions.PartitionCondition;
import io.millrace.v1.ListPartitionsRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of partitions. A page token names the last partition of the page before, so pages hold while topics come
 * and go.
 *
 * @param nextToken empty on the last page
 */
record PartitionPage(List<Entry> entries, String nextToken) {
    private static final int SIZE_DEFAULT = 500;
    private static final int SIZE_MAX = 10_000;
    private static final int SIZE_WITH_STATUS_MAX = 1_000;
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    /** A partition and its name. */
    record Entry(TopicPartition name, PartitionImage partition) {}

    static Outcome<PartitionPage> of(ListPartitionsRequest request, ClusterImage cluster) {
        int most = request.getWithStatus() ? SIZE_WITH_STATUS_MAX : SIZE_MAX;
        if (request.getPageSize() < 0 || request.getPageSize() > most) {
            return invalid("page_size is " + request.getPageSize() + "; it must be 0 to " + most
                    + (request.getWithStatus() ? " with the status." : "."));
        }
        int size = request.getPageSize() == 0 ? SIZE_DEFAULT : request.getPageSize();
        return Outcomes.then(
                condition(request),
                condition -> Outcomes.then(
                        after(request.getPageToken()),
                        after -> entries(
                                        request.getTopic(),
                                        cluster,
                                        condition.orElse(null),
                                        after.orElse(null),
                                        size + 1)
                                .map(entries -> cut(entries, size))));
    }

    /** Those of that topic, or of all when it is empty, that meet the condition and follow that one; at most so many. */
    static Outcome<List<Entry>> entries(
            String topic,
            ClusterImage cluster,
            @Nullable PartitionCondition condition,
            @Nullable TopicPartition after,
            int most) {
        Collection<TopicImage> topics = topic.isEmpty()
                ? cluster.topics().values()
                : cluster.topic(topic).map(List::of).orElse(List.of());
        if (topics.isEmpty() && !topic.isEmpty()) {
            return Outcome.refused(new Refusal.UnknownTopic(topic));
        }
        List<Entry> found = new ArrayList<>();
        for (TopicImage image : topics) {
            int minInSync = TopicOptions.of(image.topic().configs()).minInsyncReplicas();
            for (PartitionImage partition : image.partitions()) {
                TopicPartition name = new TopicPartition(image.name(), partition.partition());
                boolean wanted = (condition == null || condition.holds(partition, minInSync))
                        && (after == null || ORDER.compare(name, after) > 0);
                if (wanted && found.size() < most) {
                    found.add(new Entry(name, partition));
                }
            }
        }
        return Outcome.done(found);
    }

    private static PartitionPage cut(List<Entry> entries, int size) {
        return entries.size() <= size
                ? new PartitionPage(entries, "")
                : new PartitionPage(
                        entries.subList(0, size), token(entries.get(size - 1).name()));
    }

    private static Outcome<Optional<PartitionCondition>> condition(ListPartitionsRequest request) {
        return switch (request.getCondition()) {
            case PARTITION_CONDITION_UNSPECIFIED -> Outcome.done(Optional.empty());
            case PARTITION_CONDITION_OFFLINE -> Outcome.done(Optional.of(PartitionCondition.OFFLINE));
            case PARTITION_CONDITION_UNDER_REPLICATED -> Outcome.done(Optional.of(PartitionCondition.UNDER_REPLICATED));
            case PARTITION_CONDITION_UNDER_MIN_ISR -> Outcome.done(Optional.of(PartitionCondition.UNDER_MIN_ISR));
            case PARTITION_CONDITION_REASSIGNING -> Outcome.done(Optional.of(PartitionCondition.REASSIGNING));
            case UNRECOGNIZED -> invalid("There is no partition condition " + request.getConditionValue() + ".");
        };
    }

    private static String token(TopicPartition last) {
        String text = last.topic() + ":" + last.partition();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Outcome<Optional<TopicPartition>> after(String token) {
        if (token.isEmpty()) {
            return Outcome.done(Optional.empty());
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int colon = text.lastIndexOf(':');
            if (colon > 0) {
                int partition = Integer.parseInt(text.substring(colon + 1));
                return Partitions.of(text.substring(0, colon), partition).map(Optional::of);
            }
        } catch (IllegalArgumentException noToken) {
            return noToken();
        }
        return noToken();
    }

    private static <T> Outcome<T> noToken() {
        return invalid("The page_token is none that a server has given out.");
    }

    private static <T> Outcome<T> invalid(String message) {
        return Outcome.refused(new Refusal.InvalidRequest(message));
    }
}
