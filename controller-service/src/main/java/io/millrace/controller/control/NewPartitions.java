package io.millrace.controller.control;

import io.millrace.controller.placement.PlacementCandidate;
import io.millrace.controller.placement.PlacementCandidate.Holding;
import io.millrace.controller.placement.ReplicaPlacement;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.TopicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Partitions that do not exist yet, placed and led. */
final class NewPartitions {
    private NewPartitions() {}

    /**
     * The partitions of the topic from a number on; there are enough brokers for its replication factor.
     *
     * @param assignments the checked places of their replicas, or empty when they are free
     */
    static List<PartitionImage> of(ClusterImage image, TopicRecord topic, int from, List<List<Integer>> assignments) {
        List<List<Integer>> placement = assignments.isEmpty()
                ? ReplicaPlacement.place(
                        candidates(image, topic.topicId()), topic.partitionCount() - from, topic.replicationFactor())
                : assignments;
        List<PartitionImage> partitions = new ArrayList<>(placement.size());
        for (int i = 0; i < placement.size(); i++) {
            List<Integer> replicas = placement.get(i);
            PartitionImage unled =
                    new PartitionImage(topic.topicId(), from + i, replicas, replicas, PartitionImage.NO_LEADER, 0, 0);
            partitions.add(LeaderElection.first(unled, BrokerDecisions.mayLead(image)));
        }
        return partitions;
    }

    private static List<PlacementCandidate> candidates(ClusterImage image, TopicId topicId) {
        Map<Integer, Tally> ofTopic = new HashMap<>(); // looked up by id only
        Map<Integer, Tally> total = new HashMap<>();
        for (TopicImage topic : image.topics().values()) {
            count(topic, total);
            if (topic.topicId().equals(topicId)) {
                count(topic, ofTopic);
            }
        }
        List<PlacementCandidate> candidates = new ArrayList<>();
        for (BrokerImage broker : image.brokers().values()) {
            int id = broker.brokerId();
            candidates.add(new PlacementCandidate(
                    id, broker.rack(), !broker.fenced(), holding(ofTopic.get(id)), holding(total.get(id))));
        }
        return candidates;
    }

    private static void count(TopicImage topic, Map<Integer, Tally> tallies) {
        for (PartitionImage partition : topic.partitions()) {
            for (int id : partition.replicas()) {
                tallies.computeIfAbsent(id, broker -> new Tally()).replicas++;
            }
            tallies.computeIfAbsent(partition.replicas().getFirst(), broker -> new Tally()).leaders++;
        }
    }

    private static Holding holding(@Nullable Tally tally) {
        return tally == null ? Holding.NOTHING : new Holding(tally.replicas, tally.leaders);
    }

    /** Counts what a broker holds. */
    private static final class Tally {
        private int replicas;
        private int leaders;
    }
}
