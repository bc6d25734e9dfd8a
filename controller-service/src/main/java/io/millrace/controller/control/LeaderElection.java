package io.millrace.controller.control;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;

/** Who leads, given who lives; the rules are those of {@link PartitionDraft}. */
final class LeaderElection {
    private LeaderElection() {}

    /** The partitions of complete topics that change when exactly these brokers may lead. */
    static List<PartitionImage> changes(ClusterImage image, IntPredicate mayLead) {
        return changes(image.topics().values(), mayLead);
    }

    /** The partitions of these topics that change when exactly these brokers may lead. */
    static List<PartitionImage> changes(Collection<TopicImage> topics, IntPredicate mayLead) {
        List<PartitionImage> changed = new ArrayList<>();
        for (TopicImage topic : topics) {
            ElectionRules rules = ElectionRules.of(topic.topic(), mayLead);
            for (PartitionImage partition : topic.partitions()) {
                if (!isServed(partition, mayLead)) {
                    new PartitionDraft(partition, rules).settled().ifPresent(changed::add);
                }
            }
        }
        return changed;
    }

    /** A partition nobody has written to yet: every replica is as good as the others. */
    static PartitionImage first(PartitionImage unled, ElectionRules rules) {
        PartitionImage led = new PartitionDraft(unled, rules).settled().orElse(unled);
        return new PartitionImage(
                led.topicId(),
                led.partition(),
                led.replicas(),
                led.inSyncReplicas(),
                led.eligibleReplicas(),
                led.leader(),
                0,
                0,
                0,
                null);
    }

    /** Whether it has a leader, and all of the in-sync set lives: then no broker's life or death concerns it. */
    private static boolean isServed(PartitionImage partition, IntPredicate mayLead) {
        if (partition.leader() == PartitionImage.NO_LEADER) {
            return false;
        }
        for (int id : partition.inSyncReplicas()) {
            if (!mayLead.test(id)) {
                return false;
            }
        }
        return true;
    }
}
