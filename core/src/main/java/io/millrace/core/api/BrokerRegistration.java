package io.millrace.core.api;

import io.millrace.core.model.Endpoint;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A broker that starts.
 *
 * @param clusterId the cluster that the broker's directories belong to, or null when they are new
 * @param incarnation new for this start of the process
 */
public record BrokerRegistration(
        int brokerId,
        @Nullable String clusterId,
        UUID incarnation,
        @Nullable String rack,
        List<Endpoint> endpoints) {
    public BrokerRegistration {
        endpoints = List.copyOf(endpoints);
    }
}
