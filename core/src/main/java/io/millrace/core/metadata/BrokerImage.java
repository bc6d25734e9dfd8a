package io.millrace.core.metadata;

import io.millrace.core.model.Endpoint;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A broker that has registered once.
 *
 * @param brokerId 0 or more, fixed for a set of log directories
 * @param incarnation new for each start of the broker's process
 * @param brokerEpoch given by the controller at registration, greater than every earlier one; requests of an earlier
 *     incarnation carry an earlier one and are refused
 * @param rack where the broker stands, when it said so
 * @param endpoints where other processes reach it
 * @param directoryIds of the log directories that it could read when it registered
 * @param fenced true when the broker must not lead: it has not yet caught up with the metadata, its lease has run out, or
 *     it is shutting down
 */
public record BrokerImage(
        int brokerId,
        UUID incarnation,
        long brokerEpoch,
        @Nullable String rack,
        List<Endpoint> endpoints,
        List<UUID> directoryIds,
        boolean fenced)
        implements MetadataRecord {
    public BrokerImage {
        endpoints = List.copyOf(endpoints);
        directoryIds = List.copyOf(directoryIds);
    }

    /** A broker of which nobody knows what its log directories are. */
    public BrokerImage(
            int brokerId,
            UUID incarnation,
            long brokerEpoch,
            @Nullable String rack,
            List<Endpoint> endpoints,
            boolean fenced) {
        this(brokerId, incarnation, brokerEpoch, rack, endpoints, List.of(), fenced);
    }

    /** The same broker, fenced or not. */
    public BrokerImage withFencing(boolean shallBeFenced) {
        return new BrokerImage(brokerId, incarnation, brokerEpoch, rack, endpoints, directoryIds, shallBeFenced);
    }

    @Override
    public MetadataKey key() {
        return new MetadataKey.Broker(brokerId);
    }
}
