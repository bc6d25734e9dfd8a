package io.millrace.rpc.wire;

import io.millrace.internal.v1.BrokerAddressee;

/**
 * The broker process that a request is meant for.
 *
 * @param brokerEpoch given at its registration, new for each start; {@link #ANY_EPOCH} when the sender does not know it
 */
public record BrokerAddressed(String clusterId, int brokerId, long brokerEpoch) {
    /** Whichever incarnation of the broker answers. */
    public static final long ANY_EPOCH = 0;

    public BrokerAddressee encode() {
        return BrokerAddressee.newBuilder()
                .setClusterId(clusterId)
                .setBrokerId(brokerId)
                .setBrokerEpoch(brokerEpoch)
                .build();
    }

    /** Reads the addressee of a request, which must have one. */
    static BrokerAddressed decode(boolean present, BrokerAddressee to) throws MalformedMessageException {
        if (!present) {
            throw new MalformedMessageException("The request does not say which broker it is meant for.");
        }
        return new BrokerAddressed(to.getClusterId(), to.getBrokerId(), to.getBrokerEpoch());
    }

    @Override
    public String toString() {
        return "broker " + brokerId + " of cluster '" + clusterId + "'"
                + (brokerEpoch == ANY_EPOCH ? "" : ", epoch " + brokerEpoch);
    }
}
