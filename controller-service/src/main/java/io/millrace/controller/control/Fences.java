package io.millrace.controller.control;

import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterImage;
import java.util.HashMap;
import java.util.Map;

/**
 * Since which version of the picture each fenced broker is fenced. One that has not carried out that version may believe
 * that it leads partitions which others lead by now.
 *
 * <p>Confined to the controller's event loop.
 */
final class Fences {
    private final Map<Integer, Long> sinceVersion = new HashMap<>(); // looked up by id only

    /** Takes note of the brokers of a picture, which may have been fenced long before its version. */
    void load(ClusterImage image) {
        sinceVersion.clear();
        for (BrokerImage broker : image.brokers().values()) {
            if (broker.fenced()) {
                sinceVersion.put(broker.brokerId(), image.version());
            }
        }
    }

    /** Takes note of what a version says of a broker. */
    void follow(BrokerImage broker, long version) {
        if (!broker.fenced()) {
            sinceVersion.remove(broker.brokerId());
        } else {
            sinceVersion.put(broker.brokerId(), version);
        }
    }

    /** Says whether a broker that has carried out this version knows of its fencing, if it is fenced. */
    boolean isKnownAt(int brokerId, long version) {
        return version >= sinceVersion.getOrDefault(brokerId, 0L);
    }
}
