package io.millrace.gateway.partitions;

import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import java.util.List;

/** What partitions may have in common that somebody wants to know of. */
public enum PartitionCondition {
    /** No broker leads it. */
    OFFLINE {
        @Override
        public boolean holds(PartitionImage partition, int minInSync) {
            return partition.leader() == PartitionImage.NO_LEADER;
        }
    },
    /** Replicas are missing from the in-sync set. As in Kafka, those that are just being added do not count. */
    UNDER_REPLICATED {
        @Override
        public boolean holds(PartitionImage partition, int minInSync) {
            return !missing(partition).isEmpty();
        }
    },
    /** It takes no writes with acks=all. */
    UNDER_MIN_ISR {
        @Override
        public boolean holds(PartitionImage partition, int minInSync) {
            return partition.inSyncReplicas().size() < minInSync;
        }
    },
    /** Its replicas are being moved. */
    REASSIGNING {
        @Override
        public boolean holds(PartitionImage partition, int minInSync) {
            return partition.reassignment() != null;
        }
    },
    /** It has no leader, and nobody is known to hold every acknowledged record. */
    NEEDS_UNCLEAN_ELECTION {
        @Override
        public boolean holds(PartitionImage partition, int minInSync) {
            return partition.leader() == PartitionImage.NO_LEADER
                    && partition.inSyncReplicas().isEmpty()
                    && partition.eligibleReplicas().isEmpty();
        }
    };

    /** Says whether the partition of a topic with that min.insync.replicas is so. */
    public abstract boolean holds(PartitionImage partition, int minInSync);

    /** The replicas that should be in sync and are not, in their order. */
    public static List<Integer> missing(PartitionImage partition) {
        Reassignment reassignment = partition.reassignment();
        List<Integer> adding = reassignment == null ? List.of() : reassignment.adding();
        return partition.replicas().stream()
                .filter(broker -> !partition.inSyncReplicas().contains(broker) && !adding.contains(broker))
                .toList();
    }
}
