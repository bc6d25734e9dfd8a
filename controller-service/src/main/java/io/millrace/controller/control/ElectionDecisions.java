package io.millrace.controller.control;

import io.millrace.controller.control.PartitionEdits.Subject;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.ElectLeadersRequest.Kind;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.statemachine.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** What elections change that somebody has ordered, or that give preferred replicas their lead back. Changes nothing itself. */
final class ElectionDecisions {
    private ElectionDecisions() {}

    /** Elects as the request says (KIP-183, KIP-460). */
    static Decision<MetadataKey, MetadataRecord, List<Outcome<PartitionChanged>>> elect(
            ClusterImage image, ElectLeadersRequest request) {
        IntPredicate mayLead = BrokerDecisions.mayLead(image);
        PartitionEdits edits = new PartitionEdits(image);
        List<TopicPartition> partitions = request.partitions().isEmpty()
                ? where(image, Integer.MAX_VALUE, partition -> makesDifference(partition, request.kind(), mayLead))
                : request.partitions();
        for (TopicPartition partition : partitions) {
            edits.edit(
                    partition,
                    subject ->
                            request.kind() == Kind.PREFERRED ? preferred(subject, mayLead) : unclean(subject, mayLead));
        }
        return edits.decision();
    }

    /** Gives preferred replicas their lead back, of so many partitions at most; yields of how many. */
    static Decision<MetadataKey, MetadataRecord, Integer> balance(ClusterImage image, int partitionsMax) {
        IntPredicate mayLead = BrokerDecisions.mayLead(image);
        PartitionEdits edits = new PartitionEdits(image);
        List<TopicPartition> imbalanced =
                where(image, partitionsMax, partition -> makesDifference(partition, Kind.PREFERRED, mayLead));
        imbalanced.forEach(partition -> edits.edit(partition, subject -> preferred(subject, mayLead)));
        return Decision.of(edits.decision().changes(), imbalanced.size());
    }

    private static Outcome<PartitionImage> preferred(Subject subject, IntPredicate mayLead) {
        PartitionImage now = subject.partition();
        int preferred = now.replicas().getFirst();
        if (now.leader() == preferred) {
            return Outcome.refused(new Refusal.ElectionNotNeeded("Partition " + subject.name()
                    + " is led by its preferred replica already, that on broker " + preferred + "."));
        }
        if (!makesDifference(now, Kind.PREFERRED, mayLead)) {
            return Outcome.refused(new Refusal.NoEligibleLeader("The preferred replica of partition " + subject.name()
                    + ", that on broker " + preferred + ", is not alive and in sync."));
        }
        return Outcome.done(draft(subject, mayLead).settled(preferred).orElse(now));
    }

    private static Outcome<PartitionImage> unclean(Subject subject, IntPredicate mayLead) {
        PartitionImage now = subject.partition();
        if (now.leader() != PartitionImage.NO_LEADER) {
            return Outcome.refused(new Refusal.ElectionNotNeeded(
                    "Partition " + subject.name() + " has a leader, broker " + now.leader() + "."));
        }
        if (!makesDifference(now, Kind.UNCLEAN, mayLead)) {
            return Outcome.refused(new Refusal.NoEligibleLeader("Partition " + subject.name()
                    + " has no replica that is alive; it has replicas on the brokers " + now.replicas() + "."));
        }
        ElectionRules rules = ElectionRules.of(subject.topic().topic(), mayLead).uncleanByCommand();
        return Outcome.done(new PartitionDraft(now, rules).settled().orElse(now));
    }

    private static PartitionDraft draft(Subject subject, IntPredicate mayLead) {
        return new PartitionDraft(
                subject.partition(), ElectionRules.of(subject.topic().topic(), mayLead));
    }

    private static boolean makesDifference(PartitionImage partition, Kind kind, IntPredicate mayLead) {
        int preferred = partition.replicas().getFirst();
        return switch (kind) {
            case PREFERRED ->
                partition.leader() != preferred
                        && partition.inSyncReplicas().contains(preferred)
                        && mayLead.test(preferred);
            case UNCLEAN ->
                partition.leader() == PartitionImage.NO_LEADER
                        && partition.replicas().stream().anyMatch(mayLead::test);
        };
    }

    private static List<TopicPartition> where(ClusterImage image, int max, Predicate<PartitionImage> condition) {
        List<TopicPartition> found = new ArrayList<>();
        for (TopicImage topic : image.topics().values()) {
            for (PartitionImage partition : topic.partitions()) {
                if (found.size() == max) {
                    return found;
                }
                if (condition.test(partition)) {
                    found.add(new TopicPartition(topic.name(), partition.partition()));
                }
            }
        }
        return found;
    }
}
