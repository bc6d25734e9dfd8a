package io.millrace.controller.control;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Who leads, given who lives. A partition is led by a living in-sync replica: by its leader as long as that is one, else
 * by the first of the replicas that is one. Dead replicas leave the in-sync set, except that the last ones stay when
 * all are dead: they hold everything that was acknowledged, so the partition has no leader until one of them is back.
 * Nobody else is ever elected, for that would lose acknowledged records.
 */
final class LeaderElection {
    private LeaderElection() {}

    /** The partitions of complete topics that change when exactly these brokers may lead. */
    static List<PartitionImage> changes(ClusterImage image, IntPredicate mayLead) {
        List<PartitionImage> changed = new ArrayList<>();
        for (TopicImage topic : image.topics().values()) {
            for (PartitionImage partition : topic.partitions()) {
                settle(partition, mayLead).ifPresent(changed::add);
            }
        }
        return changed;
    }

    /** A partition nobody has written to yet: every replica is as good as the others. */
    static PartitionImage first(PartitionImage unled, IntPredicate mayLead) {
        PartitionImage led = settle(unled, mayLead).orElse(unled);
        return new PartitionImage(
                led.topicId(), led.partition(), led.replicas(), led.inSyncReplicas(), led.leader(), 0, 0);
    }

    /** The partition as it must become, or nothing when it is right as it is. */
    private static Optional<PartitionImage> settle(PartitionImage partition, IntPredicate mayLead) {
        List<Integer> living =
                partition.inSyncReplicas().stream().filter(mayLead::test).toList();
        List<Integer> inSync = living.isEmpty() ? partition.inSyncReplicas() : living;
        int leader = living.contains(partition.leader())
                ? partition.leader()
                : partition.replicas().stream()
                        .filter(living::contains)
                        .findFirst()
                        .orElse(PartitionImage.NO_LEADER);
        if (leader == partition.leader()
                && inSync.size() == partition.inSyncReplicas().size()) {
            return Optional.empty();
        }
        return Optional.of(new PartitionImage(
                partition.topicId(),
                partition.partition(),
                partition.replicas(),
                inSync,
                leader,
                leader == partition.leader() ? partition.leaderEpoch() : partition.leaderEpoch() + 1,
                partition.partitionEpoch() + 1));
    }
}
