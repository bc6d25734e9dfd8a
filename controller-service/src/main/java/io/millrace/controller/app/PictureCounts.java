package io.millrace.controller.app;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.metadata.TopicImage;
import java.util.function.Supplier;

/**
 * What a picture holds, in numbers.
 *
 * @param imbalanced partitions led by another replica than their preferred one
 * @param underReplicated partitions of which fewer replicas are in sync than they have without those that are being added
 * @param underMinInsync partitions with fewer in-sync replicas than their topic's min.insync.replicas
 * @param reassigning partitions whose replicas are being changed
 */
record PictureCounts(
        long topics,
        long partitions,
        long leaderless,
        long imbalanced,
        long underReplicated,
        long underMinInsync,
        long reassigning,
        long activeBrokers,
        long fencedBrokers) {
    static PictureCounts of(ClusterImage image) {
        long partitions = 0;
        long leaderless = 0;
        long imbalanced = 0;
        long underReplicated = 0;
        long underMinInsync = 0;
        long reassigning = 0;
        for (TopicImage topic : image.topics().values()) {
            int minInsync =
                    Integer.parseInt(TopicConfigs.effective(topic.topic().configs(), TopicConfigs.MIN_INSYNC_REPLICAS));
            for (PartitionImage partition : topic.partitions()) {
                partitions++;
                if (partition.leader() == PartitionImage.NO_LEADER) {
                    leaderless++;
                } else if (partition.leader() != partition.replicas().getFirst()) {
                    imbalanced++;
                }
                Reassignment underWay = partition.reassignment();
                int inSync = partition.inSyncReplicas().size();
                int added = underWay == null ? 0 : underWay.adding().size();
                underReplicated += inSync < partition.replicas().size() - added ? 1 : 0;
                underMinInsync += inSync < minInsync ? 1 : 0;
                reassigning += underWay == null ? 0 : 1;
            }
        }
        long fenced =
                image.brokers().values().stream().filter(BrokerImage::fenced).count();
        return new PictureCounts(
                image.topics().size(),
                partitions,
                leaderless,
                imbalanced,
                underReplicated,
                underMinInsync,
                reassigning,
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
