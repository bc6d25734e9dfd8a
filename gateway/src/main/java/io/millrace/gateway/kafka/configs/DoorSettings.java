package io.millrace.gateway.kafka.configs;

import io.millrace.gateway.quota.QuotaWindow;
import java.time.Duration;

/**
 * Settings of the Kafka door that Kafka has names for.
 *
 * @param autoCreateTopics whether topics are created when clients name them
 * @param networkThreads threads that read, serve and write connections
 * @param frameBytesMax the largest request
 * @param inFlightBytesMax requests that are not yet answered
 * @param connectionsMax connections at the same time
 * @param idleMax silence after which a connection is closed
 * @param quotaWindows over which quotas are metered
 */
public record DoorSettings(
        boolean autoCreateTopics,
        int networkThreads,
        int frameBytesMax,
        long inFlightBytesMax,
        int connectionsMax,
        Duration idleMax,
        QuotaWindows quotaWindows) {
    /** The windows of rates, and of the changes that controllers make. */
    public record QuotaWindows(QuotaWindow rates, QuotaWindow mutations) {}
}
