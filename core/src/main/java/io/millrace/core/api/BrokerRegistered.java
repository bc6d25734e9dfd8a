package io.millrace.core.api;

/**
 * A registration that was taken.
 *
 * @param clusterId to be kept in the broker's directories
 * @param brokerEpoch to be sent with every heartbeat
 */
public record BrokerRegistered(String clusterId, long brokerEpoch) {}
