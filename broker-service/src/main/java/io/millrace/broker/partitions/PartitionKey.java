package io.millrace.broker.partitions;

import io.millrace.core.model.TopicId;
import java.util.Comparator;
import java.util.UUID;

/** A partition by its topic's identity, which no other topic ever has. */
record PartitionKey(TopicId topicId, int partition) implements Comparable<PartitionKey> {
    private static final Comparator<PartitionKey> ORDER = Comparator.<PartitionKey, UUID>comparing(
                    key -> key.topicId().uuid())
            .thenComparingInt(PartitionKey::partition);

    @Override
    public int compareTo(PartitionKey other) {
        return ORDER.compare(this, other);
    }
}
