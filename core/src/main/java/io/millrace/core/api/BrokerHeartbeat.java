package io.millrace.core.api;

/**
 * A sign of life.
 *
 * @param metadataVersion of the picture that the broker has carried out
 * @param wantsShutdown asks to be fenced, so that others take over its partitions before it stops
 */
public record BrokerHeartbeat(int brokerId, long brokerEpoch, long metadataVersion, boolean wantsShutdown) {}
