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
                boolean goes = now.holdsAllCommitted(sender)
                        && (request.reason() == Reason.AMNESIA || anotherCanLead(now, sender, mayLead));
                return Outcome.done(
                        goes
                                ? new PartitionDraft(
                                                now,
                                                ElectionRules.of(subject.topic().topic(), mayLead))
                                        .without(sender)
                                        .settled()
                                        .orElse(now)
                                : now);
            });
        }
        return edits.decision();
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
