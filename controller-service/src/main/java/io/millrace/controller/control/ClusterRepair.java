package io.millrace.controller.control;

import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.statemachine.Change;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pcollections.PSortedMap;

/**
 * Finishes what a leader left that stopped in the middle of a split decision: partitions of a topic that never came or
 * is gone, partitions that a topic never got to count, and partitions led by a broker that is fenced.
 */
final class ClusterRepair {
    private ClusterRepair() {}

    static List<Change<MetadataKey, MetadataRecord>> of(ClusterImage image) {
        Changes changes = new Changes();
        SortedMap<String, PSortedMap<Integer, PartitionImage>> partitions = new TreeMap<>(); // by text: a fixed order
        image.assembly().partitions().forEach((id, some) -> partitions.put(id.toString(), some));
        for (PSortedMap<Integer, PartitionImage> some : partitions.values()) {
            TopicRecord topic = image.assembly()
                    .topics()
                    .get(some.values().iterator().next().topicId());
            int counted = topic == null ? 0 : topic.partitionCount();
            some.tailMap(counted).values().forEach(partition -> changes.remove(partition.key()));
        }
        changes.putAll(LeaderElection.changes(image, BrokerDecisions.mayLead(image)));
        return changes.list();
    }
}
