package io.millrace.controller.control;

import io.millrace.controller.control.PartitionEdits.Subject;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.statemachine.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What wishes for other replicas change (KIP-455). A partition under reassignment has the replicas that it shall have, followed
 * by those that go; what it had before are therefore all but those being added. A wish during a reassignment starts from what
 * it had before, so that replicas that were being added and are not wished for any more are dropped. Changes nothing itself.
 */
final class ReassignmentDecisions {
    private final ControlOptions options;

    ReassignmentDecisions(ControlOptions options) {
        this.options = options;
    }

    Decision<MetadataKey, MetadataRecord, List<Outcome<PartitionChanged>>> reassign(
            ClusterImage image, ReassignPartitionsRequest request) {
        long bytesPerSecond = request.bytesPerSecond();
        if (bytesPerSecond < 1 && bytesPerSecond != Reassignment.UNLIMITED) {
            return Decision.refused(
                    new Refusal.InvalidRequest("A reassignment is limited to 1 or more bytes per second, or to "
                            + Reassignment.UNLIMITED + " for no limit, not to " + bytesPerSecond + "."));
        }
        IntPredicate mayLead = BrokerDecisions.mayLead(image);
        PartitionEdits edits = new PartitionEdits(image);
        for (ReassignPartitionsRequest.Part part : request.parts()) {
            edits.edit(
                    part.partition(),
                    subject -> part.target()
                            .map(target -> begun(image, subject, target, bytesPerSecond, mayLead))
                            .orElseGet(() -> cancelled(subject, mayLead)));
        }
        return edits.decision();
    }

    private Outcome<PartitionImage> begun(
            ClusterImage image, Subject subject, List<Integer> target, long bytesPerSecond, IntPredicate mayLead) {
        Optional<Refusal> problem = problemOf(image, subject, target);
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        PartitionImage now = subject.partition();
        List<Integer> original = original(now);
        List<Integer> adding = without(target, original);
        List<Integer> removing = without(original, target);
        if (adding.isEmpty() && removing.isEmpty()) {
            return moved(subject, target, null, mayLead); // the same brokers, perhaps with another one preferred
        }
        List<Integer> replicas = new ArrayList<>(target);
        replicas.addAll(removing);
        return moved(subject, replicas, new Reassignment(adding, removing, bytesPerSecond), mayLead);
    }

    private static Outcome<PartitionImage> cancelled(Subject subject, IntPredicate mayLead) {
        return subject.partition().reassignment() == null
                ? Outcome.refused(new Refusal.NoReassignmentInProgress(
                        "Partition " + subject.name() + " is not being reassigned."))
                : moved(subject, original(subject.partition()), null, mayLead);
    }

    /** Nobody who holds everything is dropped while nobody else does, or could lead in its place. */
    private static Outcome<PartitionImage> moved(
            Subject subject, List<Integer> replicas, @Nullable Reassignment underWay, IntPredicate mayLead) {
        PartitionImage now = subject.partition();
        List<Integer> holders = replicas.stream().filter(now::holdsAllCommitted).toList();
        boolean wasHeld = now.replicas().stream().anyMatch(now::holdsAllCommitted);
        boolean wasLed = now.leader() != PartitionImage.NO_LEADER;
        if ((wasHeld && holders.isEmpty()) || (wasLed && holders.stream().noneMatch(mayLead::test))) {
            return Outcome.refused(new Refusal.NoEligibleLeader("Of the replicas " + replicas + " of partition "
                    + subject.name() + " none is alive and holds every acknowledged record; broker "
                    + now.leader() + " leads it."));
        }
        ElectionRules rules = ElectionRules.of(subject.topic().topic(), mayLead);
        return Outcome.done(new PartitionDraft(now, rules)
                .assigned(replicas, underWay)
                .settled()
                .orElse(now));
    }

    private Optional<Refusal> problemOf(ClusterImage image, Subject subject, List<Integer> target) {
        if (target.size() > options.replicationFactorMax()) {
            return Optional.of(new Refusal.InvalidReplicationFactor("A partition has at most "
                    + options.replicationFactorMax() + " replicas here, not " + target.size()
                    + " (millrace.controller.topics.replication-factor-max)."));
        }
        return AssignmentCheck.problemOf(image, target, subject.partition().partition());
    }

    private static List<Integer> original(PartitionImage partition) {
        Reassignment underWay = partition.reassignment();
        return underWay == null ? partition.replicas() : without(partition.replicas(), underWay.adding());
    }

    private static List<Integer> without(List<Integer> some, List<Integer> others) {
        return some.stream().filter(id -> !others.contains(id)).toList();
    }
}
