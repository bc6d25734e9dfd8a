package io.millrace.gateway.kafka.address;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Endpoint;
import java.util.Collection;
import java.util.Optional;

/**
 * Where the clients of one listener find each broker: in the broker's own process where that has a gateway, so that they get
 * straight to it, and otherwise where gateways of their own are.
 *
 * @param listener its name; a broker whose gateway has a listener of the same name is found there
 * @param gateways the address of the others
 */
public record BrokerAddresses(String listener, AdvertisedAddress gateways) {
    /** Where that broker is. */
    public Endpoint of(BrokerImage broker) {
        int id = broker.brokerId();
        return own(broker)
                .orElseGet(() -> new Endpoint(Endpoint.kafka(listener), gateways.hostOf(id), gateways.portOf(id)));
    }

    /** Where clients get straight to that broker, if they can. */
    public Optional<Endpoint> own(BrokerImage broker) {
        String name = Endpoint.kafka(listener);
        return broker.endpoints().stream()
                .filter(endpoint -> endpoint.listener().equals(name))
                .findFirst();
    }

    /** Whether two of these have the same address. */
    public boolean areShared(Collection<BrokerImage> brokers) {
        return brokers.stream().map(this::of).distinct().count() < brokers.size();
    }
}
