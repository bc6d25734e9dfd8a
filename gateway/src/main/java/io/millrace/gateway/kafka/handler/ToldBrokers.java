package io.millrace.gateway.kafka.handler;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.Endpoint;
import io.millrace.gateway.kafka.address.BrokerAddresses;
import io.millrace.gateway.kafka.network.Client;
import java.util.Comparator;
import java.util.List;

/**
 * The brokers that one client is told of: all that are not fenced. Where one address stands for several and the client may take that
 * for one broker, it is told of one, who leads everything; behind the address is a gateway that finds the leaders itself.
 *
 * @param asOne whether there is only one for this client
 */
record ToldBrokers(ClusterImage image, BrokerAddresses addresses, boolean asOne) {
    static ToldBrokers of(ClusterImage image, BrokerAddresses addresses, Client client) {
        return new ToldBrokers(
                image,
                addresses,
                addresses.areShared(image.brokers().values())
                        && !ClientSoftware.of(client).knowsBrokersById());
    }

    /** In the order of their ids. The one who stands for all stays the same when a broker is fenced. */
    List<BrokerImage> list() {
        List<BrokerImage> live = LiveBrokers.of(image);
        if (!asOne || live.isEmpty()) {
            return live;
        }
        return image.brokers().values().stream().min(Comparator.comparingInt(BrokerImage::brokerId)).stream()
                .toList();
    }

    Endpoint addressOf(BrokerImage broker) {
        return addresses.of(broker);
    }

    /** To whom the client sends what only a controller decides: any gateway passes it on. */
    int controller() {
        return list().stream().mapToInt(BrokerImage::brokerId).findFirst().orElse(PartitionImage.NO_LEADER);
    }

    int leaderOf(PartitionImage partition) {
        int leader = LiveBrokers.leaderOf(image, partition);
        return asOne && leader != PartitionImage.NO_LEADER ? controller() : leader;
    }
}
