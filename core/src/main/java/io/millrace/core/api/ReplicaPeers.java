package io.millrace.core.api;

import io.millrace.core.metadata.BrokerImage;

/** How a broker reaches the others. */
public interface ReplicaPeers {
    /** A cluster of one broker has nobody to reach: whoever is looked for cannot be. */
    ReplicaPeers NONE = broker -> (hello, listener) -> {
        listener.onClosed(new Refusal.UnknownBroker(broker.brokerId()));
        return ReplicaSession.OVER;
    };

    /** The broker as the picture shows it. Connects nothing yet; may be called from any thread. */
    ReplicaApi to(BrokerImage broker);
}
