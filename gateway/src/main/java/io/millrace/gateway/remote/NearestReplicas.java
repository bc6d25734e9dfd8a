package io.millrace.gateway.remote;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import java.util.function.IntPredicate;

/**
 * Chooses who serves a read: the replica in this process, else one in the rack of the readers, where such a one is in sync, else
 * the leader (KIP-392).
 */
record NearestReplicas(ClusterImage image, ReaderPlace readers) {
    int choose(PartitionImage partition) {
        return choose(partition, readers::isAt, choose(partition, this::isInRack, partition.leader()));
    }

    private int choose(PartitionImage partition, IntPredicate isNear, int otherwise) {
        if (isNear.test(partition.leader())) {
            return partition.leader();
        }
        return partition.inSyncReplicas().stream()
                .filter(brokerId -> isNear.test(brokerId) && isServing(brokerId))
                .findFirst()
                .orElse(otherwise);
    }

    private boolean isInRack(int brokerId) {
        BrokerImage broker = image.brokers().get(brokerId);
        return broker != null
                && isServing(brokerId)
                && readers.rack().filter(rack -> rack.equals(broker.rack())).isPresent();
    }

    private boolean isServing(int brokerId) {
        BrokerImage broker = image.brokers().get(brokerId);
        return broker != null && !broker.fenced();
    }
}
