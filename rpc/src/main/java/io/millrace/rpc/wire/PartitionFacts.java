package io.millrace.rpc.wire;

import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.internal.v1.MetadataRecord;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who serves a partition. */
final class PartitionFacts {
    private PartitionFacts() {}

    static MetadataRecord.Partition encode(PartitionImage partition) {
        MetadataRecord.Partition.Builder to = MetadataRecord.Partition.newBuilder()
                .setTopicId(Ids.encode(partition.topicId()))
                .setPartition(partition.partition())
                .addAllReplicas(partition.replicas())
                .addAllInSyncReplicas(partition.inSyncReplicas())
                .addAllEligibleReplicas(partition.eligibleReplicas())
                .setLeader(partition.leader())
                .setLeaderEpoch(partition.leaderEpoch())
                .setPartitionEpoch(partition.partitionEpoch())
                .setCommittedFloor(partition.committedFloor());
        Reassignment reassignment = partition.reassignment();
        if (reassignment != null) {
            to.setReassignment(MetadataRecord.Reassignment.newBuilder()
                    .addAllAdding(reassignment.adding())
                    .addAllRemoving(reassignment.removing())
                    .setBytesPerSecond(reassignment.bytesPerSecond()));
        }
        return to.build();
    }

    static PartitionImage decode(MetadataRecord.Partition from) throws MalformedMessageException {
        check(from);
        return new PartitionImage(
                Ids.decodeTopicId(from.getTopicId()),
                from.getPartition(),
                from.getReplicasList(),
                from.getInSyncReplicasList(),
                from.getEligibleReplicasList(),
                from.getLeader(),
                from.getLeaderEpoch(),
                from.getPartitionEpoch(),
                from.getCommittedFloor(),
                reassignment(from));
    }

    private static void check(MetadataRecord.Partition from) throws MalformedMessageException {
        List<Integer> replicas = from.getReplicasList();
        List<Integer> inSync = from.getInSyncReplicasList();
        List<Integer> eligible = from.getEligibleReplicasList();
        if (from.getPartition() < 0) {
            throw new MalformedMessageException("A partition has the impossible number " + from.getPartition() + ".");
        }
        if (replicas.isEmpty()
                || !replicas.containsAll(inSync)
                || !replicas.containsAll(eligible)
                || !Collections.disjoint(inSync, eligible)) {
            throw impossible(from, "in-sync replicas " + inSync + " and eligible ones " + eligible);
        }
        if (from.getCommittedFloor() < 0) {
            throw impossible(from, "records that are committed up to " + from.getCommittedFloor());
        }
    }

    private static @Nullable Reassignment reassignment(MetadataRecord.Partition from) throws MalformedMessageException {
        if (!from.hasReassignment()) {
            return null;
        }
        MetadataRecord.Reassignment under = from.getReassignment();
        Reassignment reassignment =
                new Reassignment(under.getAddingList(), under.getRemovingList(), under.getBytesPerSecond());
        boolean throttleHolds =
                reassignment.bytesPerSecond() > 0 || reassignment.bytesPerSecond() == Reassignment.UNLIMITED;
        if (!throttleHolds
                || !from.getReplicasList().containsAll(reassignment.adding())
                || !from.getReplicasList().containsAll(reassignment.removing())) {
            throw impossible(from, "the change " + reassignment);
        }
        return reassignment;
    }

    private static MalformedMessageException impossible(MetadataRecord.Partition from, String what) {
        return new MalformedMessageException("Partition " + from.getPartition() + " has replicas "
                + from.getReplicasList() + " and " + what + ", which is impossible.");
    }
}
