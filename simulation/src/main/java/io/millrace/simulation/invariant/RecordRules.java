package io.millrace.simulation.invariant;

import io.millrace.core.metadata.PartitionImage;
import org.jspecify.annotations.Nullable;

/** What holds for every record of a partition that a controller commits, and for each in comparison with the one before. */
final class RecordRules {
    private RecordRules() {}

    static void check(@Nullable PartitionImage before, PartitionImage after, int minInSync) {
        demand(!after.replicas().isEmpty(), "has replicas", before, after);
        demand(after.replicas().containsAll(after.inSyncReplicas()), "in-sync members are replicas", before, after);
        demand(after.replicas().containsAll(after.eligibleReplicas()), "eligible ones are replicas", before, after);
        demand(
                after.eligibleReplicas().stream().noneMatch(after.inSyncReplicas()::contains),
                "nobody is in sync and eligible",
                before,
                after);
        demand(
                after.leader() == PartitionImage.NO_LEADER
                        || after.inSyncReplicas().contains(after.leader()),
                "the leader is in sync",
                before,
                after);
        demand(
                after.inSyncReplicas().size() < minInSync
                        || after.eligibleReplicas().isEmpty(),
                "nobody is eligible beside enough in sync",
                before,
                after);
        if (before != null) {
            checkStep(before, after);
        }
    }

    private static void checkStep(PartitionImage before, PartitionImage after) {
        demand(
                after.partitionEpoch() == before.partitionEpoch() + 1,
                "each change takes the next partition epoch",
                before,
                after);
        boolean sameLeader = after.leader() == before.leader();
        demand(
                after.leaderEpoch() >= before.leaderEpoch() && after.leaderEpoch() <= before.leaderEpoch() + 1,
                "leader epochs go up one by one",
                before,
                after);
        demand(
                sameLeader || after.leaderEpoch() > before.leaderEpoch(),
                "another leader has another epoch",
                before,
                after);
        demand(after.committedFloor() >= before.committedFloor(), "the floor never sinks", before, after);
    }

    private static void demand(boolean holds, String rule, @Nullable PartitionImage before, PartitionImage after) {
        if (!holds) {
            throw new AssertionError(
                    "A committed record breaks the rule that " + rule + ": " + after + " after " + before);
        }
    }
}
