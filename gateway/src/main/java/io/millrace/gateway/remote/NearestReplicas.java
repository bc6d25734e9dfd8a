package io.millrace.gateway.remote;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;

/** Chooses who serves a read: a replica in the rack of the readers, where one is in sync, else the leader (KIP-392). */
record NearestReplicas(ClusterImage image, String rack) {
    int choose(PartitionImage partition) {
        if (isHere(partition.leader())) {
            return partition.leader();
        }
        return partition.inSyncReplicas().stream()
                .filter(this::isHere)
                .findFirst()
                .orElse(partition.leader());
    }

    private boolean isHere(int brokerId) {
        BrokerImage broker = image.brokers().get(brokerId);
        return broker != null && !broker.fenced() && rack.equals(broker.rack());
    }
}
