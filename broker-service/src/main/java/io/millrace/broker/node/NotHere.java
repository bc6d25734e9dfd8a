package io.millrace.broker.node;

import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import java.util.Optional;

/** Says why a partition is not served here. */
final class NotHere {
    private NotHere() {}

    static Refusal why(ClusterImage image, TopicPartition name, int brokerId) {
        if (image.version() == 0) {
            return new Refusal.LeaderNotAvailable(
                    name,
                    "Broker " + brokerId
                            + " has just started and has no picture of the cluster yet, so it cannot say who"
                            + " leads partition " + name + ".");
        }
        Optional<TopicImage> topic = image.topic(name.topic());
        if (topic.isEmpty()) {
            return new Refusal.UnknownTopic(name.topic());
        }
        int count = topic.get().partitions().size();
        return topic.get()
                .partition(name.partition())
                // Committed, but this broker has not heard of it yet.
                .<Refusal>map(partition -> partition.replicas().contains(brokerId)
                        ? new Refusal.LeaderNotAvailable(name)
                        : new Refusal.NotLeader(name))
                .orElseGet(() -> new Refusal.UnknownPartition(name, count));
    }
}
