package io.millrace.core.api;

import io.millrace.core.model.Endpoint;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A broker that starts.
 *
 * @param clusterId the cluster that the broker's directories belong to, or null when they are new
 * @param directoryIds of the log directories that it can read. Lacking one that the broker had before, it counts as having
 *     lost what it held
 * @param incarnation new for this start of the process
 */
public record BrokerRegistration(
        int brokerId,
        @Nullable String clusterId,
        UUID incarnation,
        @Nullable String rack,
        List<Endpoint> endpoints,
        List<UUID> directoryIds) {
    public BrokerRegistration {
        directoryIds = List.copyOf(directoryIds);
        endpoints = List.copyOf(endpoints);
    }

    /** A broker that says nothing of its log directories. */
    public BrokerRegistration(
            int brokerId,
            @Nullable String clusterId,
            UUID incarnation,
            @Nullable String rack,
            List<Endpoint> endpoints) {
        this(brokerId, clusterId, incarnation, rack, endpoints, List.of());
    }
}
