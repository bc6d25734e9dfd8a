package io.millrace.gateway.kafka.configs;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Endpoint;

/**
 * What the values of a broker's configs come from.
 *
 * @param address where its clients find it
 * @param logDirectories separated by commas
 */
record BrokerFacts(BrokerImage broker, Endpoint address, String logDirectories, DoorSettings door) {
    String endpoint() {
        return "PLAINTEXT://" + address.host() + ":" + address.port();
    }
}
