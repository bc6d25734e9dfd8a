package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import java.util.List;

/** The brokers that Kafka clients are told of: those that are not fenced. */
public final class LiveBrokers {
    private LiveBrokers() {}

    /** All of them, by id. */
    public static List<BrokerImage> of(ClusterImage image) {
        return image.brokers().values().stream()
                .filter(broker -> !broker.fenced())
                .toList();
    }

    /** Who leads the partition, or {@link PartitionImage#NO_LEADER}. */
    public static int leaderOf(ClusterImage image, PartitionImage partition) {
        return isLive(image, partition.leader()) ? partition.leader() : PartitionImage.NO_LEADER;
    }

    /** The replicas that are on no live broker. */
    public static List<Integer> offlineOf(ClusterImage image, PartitionImage partition) {
        return partition.replicas().stream()
                .filter(brokerId -> !isLive(image, brokerId))
                .toList();
    }

    private static boolean isLive(ClusterImage image, int brokerId) {
        BrokerImage broker = image.brokers().get(brokerId);
        return broker != null && !broker.fenced();
    }
}
