package io.millrace.broker.partitions;

import io.millrace.broker.replication.follower.FollowerTerm;
import io.millrace.broker.replication.leader.LeaderTerm;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicOptions;
import io.millrace.core.model.TopicPartition;

/** How this broker stands to a partition that it holds, by the cluster picture. */
sealed interface PartitionStanding {
    TopicOptions options();

    /** This broker leads. */
    record Leading(LeaderTerm term, TopicOptions options) implements PartitionStanding {}

    /** Another broker leads. */
    record Following(FollowerTerm term, TopicOptions options) implements PartitionStanding {}

    /** Nobody leads, so there is nobody to follow. */
    record WithoutLeader(TopicOptions options) implements PartitionStanding {}

    /** Reads the standing from the picture. */
    static PartitionStanding of(int brokerId, TopicImage topic, PartitionImage partition) {
        TopicOptions options = TopicOptions.of(topic.topic().configs());
        TopicPartition name = new TopicPartition(topic.name(), partition.partition());
        if (partition.leader() == PartitionImage.NO_LEADER) {
            return new WithoutLeader(options);
        }
        if (partition.leader() != brokerId) {
            return new Following(
                    new FollowerTerm(
                            name,
                            topic.topicId(),
                            partition.leader(),
                            partition.leaderEpoch(),
                            options.durability(),
                            throttle(brokerId, partition)),
                    options);
        }
        return new Leading(
                new LeaderTerm(
                        topic.topicId(),
                        name,
                        brokerId,
                        partition.leaderEpoch(),
                        partition.partitionEpoch(),
                        partition.replicas(),
                        partition.inSyncReplicas(),
                        options.minInsyncReplicas(),
                        options.durability()),
                options);
    }

    /** Only what a reassignment builds anew is throttled: a replica that was there before must not fall behind for it. */
    private static long throttle(int brokerId, PartitionImage partition) {
        Reassignment reassignment = partition.reassignment();
        return reassignment != null && reassignment.adding().contains(brokerId)
                ? reassignment.bytesPerSecond()
                : Reassignment.UNLIMITED;
    }
}
