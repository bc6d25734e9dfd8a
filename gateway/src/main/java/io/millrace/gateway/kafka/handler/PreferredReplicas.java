package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicPartition;
import io.millrace.gateway.kafka.address.AdvertisedAddresses;
import io.millrace.gateway.kafka.address.BrokerAddresses;
import io.millrace.gateway.routing.MetadataView;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Tells consumers of replicas in their own racks (KIP-392). Only the broker that leads a partition tells them, as in Kafka, and
 * only of brokers that they get straight to: a gateway in a process of its own reads nearby by itself.
 *
 * @param own the broker in this process, if there is one
 */
record PreferredReplicas(MetadataView view, AdvertisedAddresses addresses, OptionalInt own) {
    /** Whom a consumer of that listener in that rack had better ask, or nobody when it is where it should be. */
    OptionalInt of(TopicPartition name, String rack, String listener) {
        if (own.isEmpty() || rack.isEmpty()) {
            return OptionalInt.empty();
        }
        ClusterImage image = view.image();
        PartitionImage partition = image.partition(name).orElse(null);
        if (partition == null || partition.leader() != own.getAsInt()) {
            return OptionalInt.empty();
        }
        BrokerAddresses told = addresses.of(listener);
        List<BrokerImage> nearby = partition.inSyncReplicas().stream()
                .map(image.brokers()::get)
                .filter(Objects::nonNull)
                .filter(broker -> !broker.fenced() && rack.equals(broker.rack()))
                .filter(broker -> told.own(broker).isPresent())
                .toList();
        boolean isThere = nearby.stream().anyMatch(broker -> broker.brokerId() == partition.leader());
        return nearby.isEmpty() || isThere
                ? OptionalInt.empty()
                : OptionalInt.of(nearby.get(name.partition() % nearby.size()).brokerId());
    }
}
