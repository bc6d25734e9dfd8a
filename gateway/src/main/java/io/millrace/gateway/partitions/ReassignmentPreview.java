package io.millrace.gateway.partitions;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a reassignment would begin, by one picture of the cluster. */
final class ReassignmentPreview {
    private final ClusterImage image;
    private final long bytesPerSecond;

    private ReassignmentPreview(ClusterImage image, long bytesPerSecond) {
        this.image = image;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** One outcome for each part, or a refusal of a request that makes no sense. */
    static Outcome<List<Outcome<PartitionChanged>>> of(ClusterImage image, ReassignPartitionsRequest request) {
        if (request.parts().isEmpty()) {
            return Outcome.refused(new Refusal.InvalidRequest("There is no partition to move in the request."));
        }
        if (request.bytesPerSecond() <= 0 && request.bytesPerSecond() != Reassignment.UNLIMITED) {
            return Outcome.refused(new Refusal.InvalidRequest(
                    "A limit of " + request.bytesPerSecond() + " bytes a second would never end."));
        }
        Set<TopicPartition> seen = new LinkedHashSet<>();
        for (ReassignPartitionsRequest.Part part : request.parts()) {
            if (!seen.add(part.partition())) {
                return Outcome.refused(
                        new Refusal.InvalidRequest("Partition " + part.partition() + " is in the request twice."));
            }
        }
        ReassignmentPreview preview = new ReassignmentPreview(image, request.bytesPerSecond());
        return Outcome.done(request.parts().stream().map(preview::part).toList());
    }

    private Outcome<PartitionChanged> part(ReassignPartitionsRequest.Part part) {
        TopicPartition name = part.partition();
        List<Integer> target = part.target().orElse(List.of());
        return switch (PartitionLookup.find(image, name)) {
            case Outcome.Refused<PartitionImage>(Refusal refusal) -> Outcome.refused(refusal);
            case Outcome.Done<PartitionImage>(PartitionImage present) -> {
                String problem = problemOf(target);
                yield problem.isEmpty()
                        ? Outcome.done(new PartitionChanged(name, begun(present, target)))
                        : Outcome.refused(new Refusal.InvalidReplicaAssignment("Partition " + name + problem));
            }
        };
    }

    private String problemOf(List<Integer> target) {
        if (target.isEmpty()) {
            return " needs one broker at least.";
        }
        if (new TreeSet<>(target).size() < target.size()) {
            return " names a broker twice: " + target + ".";
        }
        for (int broker : target) {
            if (!image.brokers().containsKey(broker)) {
                return " cannot go to broker " + broker + ", which has never registered.";
            }
        }
        return "";
    }

    /** A move that is under way gives way to the new one: what it was adding is no replica yet. */
    private PartitionImage begun(PartitionImage present, List<Integer> target) {
        Reassignment underWay = present.reassignment();
        List<Integer> kept = present.replicas().stream()
                .filter(broker -> underWay == null || !underWay.adding().contains(broker))
                .toList();
        List<Integer> adding =
                target.stream().filter(broker -> !kept.contains(broker)).toList();
        List<Integer> removing =
                kept.stream().filter(broker -> !target.contains(broker)).toList();
        List<Integer> replicas = new ArrayList<>(target);
        replicas.addAll(removing);
        return new PartitionImage(
                present.topicId(),
                present.partition(),
                replicas,
                present.inSyncReplicas(),
                present.eligibleReplicas(),
                present.leader(),
                present.leaderEpoch(),
                present.partitionEpoch(),
                present.committedFloor(),
                adding.isEmpty() && removing.isEmpty() ? null : new Reassignment(adding, removing, bytesPerSecond));
    }
}
