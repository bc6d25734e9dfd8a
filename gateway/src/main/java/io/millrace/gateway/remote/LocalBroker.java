package io.millrace.gateway.remote;

import io.millrace.core.api.BrokerApi;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The broker that shares a process with this gateway, and is asked without a network between them. */
public record LocalBroker(int brokerId, BrokerApi broker) {
    /** Leads to it, and for all other brokers makes the links that the others make. */
    public BrokerLink.Maker linksBefore(BrokerLink.Maker others) {
        return (clusterId, image, endpoint) ->
                image.brokerId() == brokerId ? new Here(broker) : others.to(clusterId, image, endpoint);
    }

    /** The id of that broker, if there is one. */
    public static OptionalInt idOf(@Nullable LocalBroker local) {
        return local == null ? OptionalInt.empty() : OptionalInt.of(local.brokerId());
    }

    private record Here(BrokerApi broker) implements BrokerLink {
        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public void close() {
            // Whoever made the broker stops it.
        }
    }
}
