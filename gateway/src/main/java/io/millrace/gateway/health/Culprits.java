package io.millrace.gateway.health;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.partitions.PartitionCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Which brokers have to be seen to for the sake of partitions that are not well. For one thread. */
final class Culprits {
    private final ClusterImage image;
    private final NavigableSet<Integer> saviours = new TreeSet<>();
    private final NavigableSet<Integer> keepers = new TreeSet<>();
    private final NavigableSet<Integer> missing = new TreeSet<>();
    private final NavigableSet<Integer> awaited = new TreeSet<>();
    private final NavigableSet<Integer> unknown = new TreeSet<>();
    private final List<TopicPartition> stuck = new ArrayList<>();

    Culprits(ClusterImage image) {
        this.image = image;
    }

    void lookAt(TopicPartition name, PartitionImage partition) {
        missing.addAll(PartitionCondition.missing(partition));
        partition.replicas().stream()
                .filter(broker -> !image.brokers().containsKey(broker))
                .forEach(unknown::add);
        if (partition.leader() == PartitionImage.NO_LEADER) {
            saviours.addAll(partition.inSyncReplicas());
            saviours.addAll(partition.eligibleReplicas());
            if (partition.inSyncReplicas().isEmpty()
                    && partition.eligibleReplicas().isEmpty()) {
                partition.replicas().stream().filter(this::isDown).forEach(keepers::add);
            }
        }
        Reassignment reassignment = partition.reassignment();
        if (reassignment != null && reassignment.adding().stream().anyMatch(this::isDown)) {
            stuck.add(name);
            reassignment.adding().stream().filter(this::isDown).forEach(awaited::add);
        }
    }

    private boolean isDown(int brokerId) {
        BrokerImage broker = image.brokers().get(brokerId);
        return broker == null || broker.fenced();
    }

    /** Hold all records of partitions that have no leader. */
    NavigableSet<Integer> saviours() {
        return saviours;
    }

    /** Are down and keep a replica of a partition of which nobody is known to hold all records. */
    NavigableSet<Integer> keepers() {
        return keepers;
    }

    /** Should be in sync and are not. */
    NavigableSet<Integer> missing() {
        return missing;
    }

    /** Moves that cannot end. */
    List<TopicPartition> stuck() {
        return stuck;
    }

    /** What those wait for. */
    NavigableSet<Integer> awaited() {
        return awaited;
    }

    /** Keep replicas by the picture, which does not know them otherwise. */
    NavigableSet<Integer> unknown() {
        return unknown;
    }
}
