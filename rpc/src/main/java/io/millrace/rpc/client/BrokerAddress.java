package io.millrace.rpc.client;

import io.millrace.rpc.wire.BrokerAddressed;

/**
 * A broker process and where it listens.
 *
 * @param broker that is meant; any other process that answers there refuses
 */
public record BrokerAddress(BrokerAddressed broker, String host, int port) {
    @Override
    public String toString() {
        return "broker " + broker.brokerId() + " (" + host + ":" + port + ")";
    }
}
