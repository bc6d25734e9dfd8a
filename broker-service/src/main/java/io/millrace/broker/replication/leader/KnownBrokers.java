package io.millrace.broker.replication.leader;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The brokers as the latest picture shows them. Immutable.
 *
 * @param controllerEpoch of the controller that made the picture's latest change
 */
public record KnownBrokers(int controllerEpoch, SortedMap<Integer, BrokerImage> brokers) {
    /** The epoch of a broker that the picture does not show. */
    public static final long NO_EPOCH = -1;

    /** Before the first picture. */
    public static final KnownBrokers NONE = new KnownBrokers(0, new TreeMap<>());

    /** Those of a picture. */
    public static KnownBrokers of(ClusterImage image) {
        return new KnownBrokers(image.controllerEpoch(), image.brokers());
    }

    /** The epoch of the broker's present registration, or {@link #NO_EPOCH}. */
    public long epochOf(int brokerId) {
        BrokerImage broker = brokers.get(brokerId);
        return broker == null ? NO_EPOCH : broker.brokerEpoch();
    }

    /** Whether the broker must not lead, nor be in sync; so is one that the picture does not show. */
    public boolean isFenced(int brokerId) {
        BrokerImage broker = brokers.get(brokerId);
        return broker == null || broker.fenced();
    }

    /** Whether the broker is registered under this epoch, and not fenced. */
    boolean isServing(int brokerId, long brokerEpoch) {
        BrokerImage broker = brokers.get(brokerId);
        return broker != null && !broker.fenced() && broker.brokerEpoch() == brokerEpoch;
    }
}
