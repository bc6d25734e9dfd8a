package io.millrace.gateway.kafka.configs;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.gateway.kafka.address.AdvertisedAddress;

/**
 * What the values of a broker's configs come from.
 *
 * @param address where its clients find it
 * @param logDirectories separated by commas
 */
record BrokerFacts(BrokerImage broker, AdvertisedAddress address, String logDirectories, DoorSettings door) {
    String endpoint() {
        return "PLAINTEXT://" + address.hostOf(broker.brokerId()) + ":" + address.portOf(broker.brokerId());
    }
}
