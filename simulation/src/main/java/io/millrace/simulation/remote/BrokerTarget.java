package io.millrace.simulation.remote;

/**
 * The process that a request is for.
 *
 * @param brokerEpoch of its registration
 */
public record BrokerTarget(String clusterId, int brokerId, long brokerEpoch) {
    /** Whoever answers, as a gateway does for all brokers. */
    public static final BrokerTarget ANY = new BrokerTarget("", -1, 0);
}
