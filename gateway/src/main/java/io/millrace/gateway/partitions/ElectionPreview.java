package io.millrace.gateway.partitions;

import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.ElectLeadersRequest.Kind;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;

/** For which partitions an election would make a difference, by one picture of the cluster. */
final class ElectionPreview {
    private final ClusterImage image;
    private final Kind kind;

    private ElectionPreview(ClusterImage image, Kind kind) {
        this.image = image;
        this.kind = kind;
    }

    /** One outcome for each partition named, as it is; when none is named, one for each with a difference. */
    static List<Outcome<PartitionChanged>> of(ClusterImage image, ElectLeadersRequest request) {
        ElectionPreview preview = new ElectionPreview(image, request.kind());
        return request.partitions().isEmpty()
                ? preview.everyDifference()
                : request.partitions().stream().map(preview::named).toList();
    }

    private List<Outcome<PartitionChanged>> everyDifference() {
        List<Outcome<PartitionChanged>> found = new ArrayList<>();
        for (TopicImage topic : image.topics().values()) {
            for (PartitionImage partition : topic.partitions()) {
                TopicPartition name = new TopicPartition(topic.name(), partition.partition());
                if (judged(name, partition) instanceof Outcome.Done<PartitionChanged> difference) {
                    found.add(difference);
                }
            }
        }
        return found;
    }

    private Outcome<PartitionChanged> named(TopicPartition name) {
        return switch (PartitionLookup.find(image, name)) {
            case Outcome.Done<PartitionImage>(PartitionImage partition) -> judged(name, partition);
            case Outcome.Refused<PartitionImage>(Refusal refusal) -> Outcome.refused(refusal);
        };
    }

    private Outcome<PartitionChanged> judged(TopicPartition name, PartitionImage partition) {
        return switch (kind) {
            case PREFERRED -> preferred(name, partition);
            case UNCLEAN -> unclean(name, partition);
        };
    }

    private Outcome<PartitionChanged> preferred(TopicPartition name, PartitionImage partition) {
        int wanted = partition.replicas().getFirst();
        if (partition.leader() == wanted) {
            return Outcome.refused(new Refusal.ElectionNotNeeded(
                    "Partition " + name + " is led by its preferred replica, broker " + wanted + ", already."));
        }
        if (!partition.inSyncReplicas().contains(wanted) || !serves(wanted)) {
            return Outcome.refused(new Refusal.NoEligibleLeader("The preferred replica of partition " + name
                    + ", broker " + wanted + ", is not in sync, or is down."));
        }
        return Outcome.done(new PartitionChanged(name, partition));
    }

    private Outcome<PartitionChanged> unclean(TopicPartition name, PartitionImage partition) {
        if (partition.leader() != PartitionImage.NO_LEADER) {
            return Outcome.refused(new Refusal.ElectionNotNeeded(
                    "Partition " + name + " has a leader, broker " + partition.leader() + "."));
        }
        return partition.replicas().stream().anyMatch(this::serves)
                ? Outcome.done(new PartitionChanged(name, partition))
                : Outcome.refused(new Refusal.NoEligibleLeader(
                        "No replica of partition " + name + " is on a broker that serves."));
    }

    private boolean serves(int brokerId) {
        BrokerImage broker = image.brokers().get(brokerId);
        return broker != null && !broker.fenced();
    }
}
