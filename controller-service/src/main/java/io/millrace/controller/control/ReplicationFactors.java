package io.millrace.controller.control;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The replication factors of topics after reassignments. A topic's factor is what partitions that are added later get, so it
 * follows as soon as every partition has another number of replicas, the same for all; until then it stays.
 */
final class ReplicationFactors {
    private ReplicationFactors() {}

    /** The topics of the picture whose factor changes with these partitions. */
    static List<TopicRecord> following(ClusterImage image, List<PartitionImage> changed) {
        Map<MetadataKey, PartitionImage> after = new HashMap<>(); // looked up only
        Set<TopicId> touched = new LinkedHashSet<>();
        for (PartitionImage partition : changed) {
            boolean differs = image.topic(partition.topicId())
                    .filter(topic -> topic.topic().replicationFactor()
                            != partition.replicas().size())
                    .isPresent();
            if (differs && partition.reassignment() == null) {
                touched.add(partition.topicId());
            }
            after.put(partition.key(), partition);
        }
        List<TopicRecord> following = new ArrayList<>();
        for (TopicId id : touched) {
            image.topic(id).ifPresent(topic -> {
                int factor = commonFactor(topic, after);
                if (factor > 0) {
                    TopicRecord old = topic.topic();
                    following.add(new TopicRecord(id, old.name(), old.partitionCount(), factor, old.configs()));
                }
            });
        }
        return following;
    }

    /** How many replicas each partition has, or 0 when they differ or one is still being changed. */
    private static int commonFactor(TopicImage topic, Map<MetadataKey, PartitionImage> after) {
        int common = 0;
        for (PartitionImage before : topic.partitions()) {
            PartitionImage partition = after.getOrDefault(before.key(), before);
            int factor = partition.replicas().size();
            if (partition.reassignment() != null || (common != 0 && factor != common)) {
                return 0;
            }
            common = factor;
        }
        return common;
    }
}
