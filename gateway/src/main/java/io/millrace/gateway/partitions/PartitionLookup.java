package io.millrace.gateway.partitions;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import java.util.Optional;

/** Finds partitions by their name. */
public final class PartitionLookup {
    private PartitionLookup() {}

    /** The partition in that picture, or why there is none. */
    public static Outcome<PartitionImage> find(ClusterImage image, TopicPartition name) {
        Optional<TopicImage> topic = image.topic(name.topic());
        if (topic.isEmpty()) {
            return Outcome.refused(new Refusal.UnknownTopic(name.topic()));
        }
        return topic.get()
                .partition(name.partition())
                .<Outcome<PartitionImage>>map(Outcome::done)
                .orElseGet(() -> Outcome.refused(new Refusal.UnknownPartition(
                        name, topic.get().partitions().size())));
    }
}
