package io.millrace.controller.control;

import io.millrace.controller.placement.PlacementCandidate;
import io.millrace.controller.placement.ReplicaPlacement;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicId;
import java.util.ArrayList;
import java.util.List;

/** Partitions that do not exist yet, placed and led. */
final class NewPartitions {
    private NewPartitions() {}

    /**
     * The partitions of the topic from a number on; there are enough brokers for its replication factor.
     *
     * @param total what the brokers hold of all topics
     * @param assignments the checked places of their replicas, or empty when they are free
     */
    static List<PartitionImage> of(
            ClusterImage image, Holdings total, TopicRecord topic, int from, List<List<Integer>> assignments) {
        List<List<Integer>> placement = assignments.isEmpty()
                ? ReplicaPlacement.place(
                        candidates(image, total, topic.topicId()),
                        topic.partitionCount() - from,
                        topic.replicationFactor())
                : assignments;
        ElectionRules rules = ElectionRules.of(topic, BrokerDecisions.mayLead(image));
        List<PartitionImage> partitions = new ArrayList<>(placement.size());
        for (int i = 0; i < placement.size(); i++) {
            List<Integer> replicas = placement.get(i);
            PartitionImage unled =
                    new PartitionImage(topic.topicId(), from + i, replicas, replicas, PartitionImage.NO_LEADER, 0, 0);
            partitions.add(LeaderElection.first(unled, rules));
        }
        return partitions;
    }

    private static List<PlacementCandidate> candidates(ClusterImage image, Holdings total, TopicId topicId) {
        Holdings ofTopic = new Holdings();
        image.topic(topicId).ifPresent(topic -> topic.partitions().forEach(ofTopic::add));
        List<PlacementCandidate> candidates = new ArrayList<>();
        for (BrokerImage broker : image.brokers().values()) {
            int id = broker.brokerId();
            candidates.add(new PlacementCandidate(id, broker.rack(), !broker.fenced(), ofTopic.of(id), total.of(id)));
        }
        return candidates;
    }
}
