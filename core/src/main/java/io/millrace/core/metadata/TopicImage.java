package io.millrace.core.metadata;

import io.millrace.core.model.TopicId;
import java.util.Optional;
import org.pcollections.PVector;

/**
 * A topic in a picture, all partitions included.
 *
 * @param partitions by partition number, without gaps
 */
public record TopicImage(TopicRecord topic, PVector<PartitionImage> partitions) {
    public TopicId topicId() {
        return topic.topicId();
    }

    public String name() {
        return topic.name();
    }

    /** The partition of that number, if the topic has it. */
    public Optional<PartitionImage> partition(int partition) {
        return partition >= 0 && partition < partitions.size()
                ? Optional.of(partitions.get(partition))
                : Optional.empty();
    }
}
