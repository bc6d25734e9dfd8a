package io.millrace.controller.control;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicId;
import io.millrace.core.statemachine.Change;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pcollections.PSortedMap;

/**
 * Finishes what a leader left that stopped in the middle of a split decision: partitions of a topic that never came or
 * is gone, partitions that a topic never got to count, a topic whose tombstone is there already, and partitions led by a broker that is fenced.
 */
final class ClusterRepair {
    private ClusterRepair() {}

    static List<Change<MetadataKey, MetadataRecord>> of(ClusterImage image) {
        Changes changes = new Changes();
        SortedMap<String, TopicId> buried = new TreeMap<>(); // by text: a fixed order
        image.deletedTopics().keySet().stream()
                .filter(image.assembly().topics()::containsKey)
                .forEach(id -> buried.put(id.toString(), id));
        buried.values().forEach(id -> changes.remove(new MetadataKey.Topic(id)));
        SortedMap<String, PSortedMap<Integer, PartitionImage>> partitions = new TreeMap<>(); // by text: a fixed order
        image.assembly().partitions().forEach((id, some) -> partitions.put(id.toString(), some));
        for (PSortedMap<Integer, PartitionImage> some : partitions.values()) {
            TopicRecord topic = image.assembly()
                    .topics()
                    .get(some.values().iterator().next().topicId());
            int counted = topic == null || buried.containsValue(topic.topicId()) ? 0 : topic.partitionCount();
            some.tailMap(counted).values().forEach(partition -> changes.remove(partition.key()));
        }
        changes.putPartitions(image, LeaderElection.changes(image, BrokerDecisions.mayLead(image)));
        return changes.list();
    }
}
