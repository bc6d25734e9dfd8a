package io.millrace.broker.partitions;

import io.millrace.broker.replication.leader.LeaderTerm;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicOptions;
import io.millrace.core.model.TopicPartition;

/** How this broker stands to a partition that it holds, by the cluster picture. */
sealed interface PartitionStanding {
    TopicOptions options();

    /** This broker leads. */
    record Leading(LeaderTerm term, TopicOptions options) implements PartitionStanding {}

    /** Another broker leads, or none. */
    record NotLeading(TopicOptions options) implements PartitionStanding {}

    /** Reads the standing from the picture. */
    static PartitionStanding of(int brokerId, TopicImage topic, PartitionImage partition) {
        TopicOptions options = TopicOptions.of(topic.topic().configs());
        if (partition.leader() != brokerId) {
            return new NotLeading(options);
        }
        return new Leading(
                new LeaderTerm(
                        topic.topicId(),
                        new TopicPartition(topic.name(), partition.partition()),
                        brokerId,
                        partition.leaderEpoch(),
                        partition.partitionEpoch(),
                        partition.replicas(),
                        partition.inSyncReplicas(),
                        options.minInsyncReplicas(),
                        options.durability()),
                options);
    }
}
