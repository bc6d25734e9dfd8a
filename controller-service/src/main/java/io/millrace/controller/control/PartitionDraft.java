package io.millrace.controller.control;

import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A partition as a decision shall change it. Whatever was wished for, {@link #settled} makes it right:
 *
 * <ul>
 *   <li>The in-sync set keeps its living members. When none lives, a living eligible replica takes their place, for it holds
 *       everything too. When there is none either, the dead members stay, since one of them has to come back; unless the
 *       topic prefers any living replica to waiting.
 *   <li>Who holds everything and is outside the in-sync set is eligible while that has fewer than min.insync.replicas
 *       members (KIP-966): from the change on the high watermark does not move without it. Kafka forgets it at the same
 *       point; unlike there, the last members stay in the in-sync set when they die, so that the set tells who is waited for.
 *   <li>A reassignment is completed when all of its target is in sync.
 *   <li>The leader is a living in-sync replica: the present one if it is one, else the first of the replicas that is.
 * </ul>
 */
final class PartitionDraft {
    private final PartitionImage before;
    private final ElectionRules rules;
    private List<Integer> replicas;
    private List<Integer> inSync;
    private List<Integer> holders;
    private long floor;
    private @Nullable Reassignment reassignment;
    private boolean uncleanly;

    PartitionDraft(PartitionImage before, ElectionRules rules) {
        this.before = before;
        this.rules = rules;
        this.replicas = before.replicas();
        this.inSync = before.inSyncReplicas();
        this.holders = replicas.stream().filter(before::holdsAllCommitted).toList();
        this.floor = before.committedFloor();
        this.reassignment = before.reassignment();
    }

    /** Makes these replicas the in-sync set, as its leader wishes who has this high watermark. */
    PartitionDraft inSync(List<Integer> members, long highWatermark) {
        inSync = members;
        floor = Math.max(floor, highWatermark);
        return this;
    }

    /** Takes it that the broker does not hold what it should. */
    PartitionDraft without(int brokerId) {
        inSync = inSync.stream().filter(id -> id != brokerId).toList();
        holders = holders.stream().filter(id -> id != brokerId).toList();
        return this;
    }

    /** Has other replicas, and a change of them under way or none. */
    PartitionDraft assigned(List<Integer> newReplicas, @Nullable Reassignment underWay) {
        replicas = newReplicas;
        reassignment = underWay;
        inSync = inSync.stream().filter(newReplicas::contains).toList();
        holders = holders.stream().filter(newReplicas::contains).toList();
        return this;
    }

    /** The partition as it must become, or nothing when it is right as it is. */
    Optional<PartitionImage> settled() {
        return settled(before.leader());
    }

    /** The same, led by this broker if it may lead. */
    Optional<PartitionImage> settled(int wanted) {
        settleInSync();
        inSync = replicas.stream().filter(inSync::contains).toList();
        completeReassignment();
        int leader = leader(wanted);
        PartitionImage after = new PartitionImage(
                before.topicId(),
                before.partition(),
                replicas,
                inSync,
                eligible(),
                leader,
                before.leaderEpoch(),
                before.partitionEpoch(),
                floor,
                reassignment);
        if (after.equals(before)) {
            return Optional.empty();
        }
        boolean newLead = uncleanly || leader != before.leader();
        return Optional.of(new PartitionImage(
                after.topicId(),
                after.partition(),
                after.replicas(),
                after.inSyncReplicas(),
                after.eligibleReplicas(),
                leader,
                newLead ? before.leaderEpoch() + 1 : before.leaderEpoch(),
                before.partitionEpoch() + 1,
                after.committedFloor(),
                after.reassignment()));
    }

    private void settleInSync() {
        List<Integer> living = living(inSync);
        if (!living.isEmpty()) {
            inSync = living;
            return;
        }
        Optional<Integer> next =
                living(replicas).stream().filter(holders::contains).findFirst();
        if (next.isEmpty() && rules.unclean()) {
            next = living(longestFirst()).stream().findFirst();
            uncleanly = next.isPresent();
        }
        if (uncleanly) {
            holders = List.of(); // they may hold records that will never be, and lack those that will
            floor = 0; // what was committed is lost, and its offsets are given anew
        }
        inSync = next.map(List::of).orElse(inSync);
    }

    /** A replica that is only being built has the least to lose everything else for. */
    private List<Integer> longestFirst() {
        Reassignment underWay = reassignment;
        if (underWay == null) {
            return replicas;
        }
        List<Integer> ordered = new ArrayList<>(replicas);
        ordered.removeAll(underWay.adding());
        replicas.stream().filter(underWay.adding()::contains).forEach(ordered::add);
        return ordered;
    }

    private void completeReassignment() {
        Reassignment underWay = reassignment;
        if (underWay == null) {
            return;
        }
        List<Integer> target =
                replicas.subList(0, replicas.size() - underWay.removing().size());
        if (inSync.containsAll(target)) {
            assigned(target, null);
        }
    }

    private List<Integer> eligible() {
        return inSync.size() >= rules.minInsyncReplicas()
                ? List.of()
                : replicas.stream()
                        .filter(id -> holders.contains(id) && !inSync.contains(id))
                        .toList();
    }

    private int leader(int wanted) {
        List<Integer> living = living(inSync);
        if (living.contains(wanted)) {
            return wanted;
        }
        return living.contains(before.leader())
                ? before.leader()
                : replicas.stream().filter(living::contains).findFirst().orElse(PartitionImage.NO_LEADER);
    }

    private List<Integer> living(List<Integer> brokers) {
        return brokers.stream().filter(rules.mayLead()::test).toList();
    }
}
