package io.millrace.controller.app;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.util.function.Supplier;

/** What a picture holds, in numbers. */
record PictureCounts(
        long topics, long partitions, long leaderless, long imbalanced, long activeBrokers, long fencedBrokers) {
    static PictureCounts of(ClusterImage image) {
        long partitions = 0;
        long leaderless = 0;
        long imbalanced = 0;
        for (TopicImage topic : image.topics().values()) {
            for (PartitionImage partition : topic.partitions()) {
                partitions++;
                if (partition.leader() == PartitionImage.NO_LEADER) {
                    leaderless++;
                } else if (partition.leader() != partition.replicas().getFirst()) {
                    imbalanced++;
                }
            }
        }
        long fenced =
                image.brokers().values().stream().filter(BrokerImage::fenced).count();
        return new PictureCounts(
                image.topics().size(),
                partitions,
                leaderless,
                imbalanced,
                image.brokers().size() - fenced,
                fenced);
    }

    /** Counts each picture once, however many gauges ask. */
    static final class Latest {
        private final Supplier<ClusterImage> picture;
        private long version;
        private PictureCounts counts = of(ClusterImage.empty(""));

        Latest(Supplier<ClusterImage> picture) {
            this.picture = picture;
        }

        synchronized PictureCounts get() {
            ClusterImage now = picture.get();
            if (now.version() != version) {
                counts = of(now);
                version = now.version();
            }
            return counts;
        }
    }
}
