package io.millrace.controller.control;

import io.millrace.core.api.AlterPartitionsRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.WithdrawReplicasRequest;
import io.millrace.core.api.WithdrawReplicasRequest.Reason;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.statemachine.Decision;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What brokers say about who holds everything: leaders about their followers, and each about itself. Changes nothing itself. */
final class ReplicaDecisions {
    private ReplicaDecisions() {}

    /** Changes in-sync sets as their leader wishes. */
    static Decision<MetadataKey, MetadataRecord, List<Outcome<PartitionChanged>>> alter(
            ClusterImage image, AlterPartitionsRequest request) {
        IntPredicate mayLead = BrokerDecisions.mayLead(image);
        int sender = request.brokerId();
        Optional<Refusal> problem = SenderCheck.problemOf(image, sender, request.brokerEpoch())
                .or(() -> mayLead.test(sender)
                        ? Optional.empty()
                        : Optional.of(
                                new Refusal.IneligibleReplica("Broker " + sender + " is fenced: it leads nothing.")));
        if (problem.isPresent()) {
            return Decision.refused(problem.get());
        }
        PartitionEdits edits = new PartitionEdits(image);
        for (AlterPartitionsRequest.Part part : request.parts()) {
            edits.edit(part.topicId(), part.partition(), subject -> {
                PartitionImage now = subject.partition();
                return InSyncCheck.problemOf(image, subject.name(), now, sender, part)
                        .<Outcome<PartitionImage>>map(Outcome::refused)
                        .orElseGet(() -> Outcome.done(
                                altered(now, ElectionRules.of(subject.topic().topic(), mayLead), part)));
            });
        }
        return edits.decision();
    }

    /** Takes replicas of the sender out of the sets, as it asks, though it may be fenced: it asks while it starts. */
    static Decision<MetadataKey, MetadataRecord, List<Outcome<PartitionChanged>>> withdraw(
            ClusterImage image, WithdrawReplicasRequest request) {
        int sender = request.brokerId();
        Optional<Refusal> problem = SenderCheck.problemOf(image, sender, request.brokerEpoch());
        if (problem.isPresent()) {
            return Decision.refused(problem.get());
        }
        IntPredicate mayLead = BrokerDecisions.mayLead(image);
        PartitionEdits edits = new PartitionEdits(image);
        for (WithdrawReplicasRequest.Part part : request.parts()) {
            edits.edit(part.topicId(), part.partition(), subject -> {
                PartitionImage now = subject.partition();
                ElectionRules rules = ElectionRules.of(subject.topic().topic(), mayLead);
                return Outcome.done(withdrawn(now, sender, request.reason(), rules));
            });
        }
        return edits.decision();
    }

    private static PartitionImage withdrawn(PartitionImage now, int sender, Reason reason, ElectionRules rules) {
        if (!now.holdsAllCommitted(sender)) {
            return reason == Reason.DAMAGED && now.replicas().contains(sender) ? touched(now) : now;
        }
        boolean goes = reason == Reason.AMNESIA || anotherCanLead(now, sender, rules.mayLead());
        return goes ? new PartitionDraft(now, rules).without(sender).settled().orElse(now) : now;
    }

    /**
     * Who tells of damage cuts its log next. A wish of the leader that is under way may rest on what that log was before; the
     * record changes, so that such a wish comes too late.
     */
    private static PartitionImage touched(PartitionImage now) {
        return new PartitionImage(
                now.topicId(),
                now.partition(),
                now.replicas(),
                now.inSyncReplicas(),
                now.eligibleReplicas(),
                now.leader(),
                now.leaderEpoch(),
                now.partitionEpoch() + 1,
                now.committedFloor(),
                now.reassignment());
    }

    private static PartitionImage altered(PartitionImage now, ElectionRules rules, AlterPartitionsRequest.Part part) {
        List<Integer> members = part.inSync().stream()
                .map(AlterPartitionsRequest.Member::brokerId)
                .toList();
        boolean same = new HashSet<>(members).equals(new HashSet<>(now.inSyncReplicas()));
        return same
                ? now
                : new PartitionDraft(now, rules)
                        .inSync(members, part.highWatermark())
                        .settled()
                        .orElse(now);
    }

    /** A damaged replica, or one that cannot be read, is worth more than none. */
    private static boolean anotherCanLead(PartitionImage partition, int sender, IntPredicate mayLead) {
        return partition.replicas().stream()
                .anyMatch(id -> id != sender && mayLead.test(id) && partition.holdsAllCommitted(id));
    }
}
