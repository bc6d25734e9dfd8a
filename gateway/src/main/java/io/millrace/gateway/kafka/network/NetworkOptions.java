package io.millrace.gateway.kafka.network;

import java.time.Duration;

/**
 * Limits of the connections.
 *
 * @param loops threads that read and write
 * @param frameBytesMax the largest request
 * @param bytesInFlightMax requests in this process, whole or in part, that are not yet answered
 * @param requestsInFlightMax requests of one connection that are not yet answered
 * @param connectionsMax connections at the same time
 * @param idleMax silence after which a connection ends
 * @param frameTimeMax how long a request may take to arrive once it has begun
 */
public record NetworkOptions(
        int loops,
        int frameBytesMax,
        long bytesInFlightMax,
        int requestsInFlightMax,
        int connectionsMax,
        Duration idleMax,
        Duration frameTimeMax) {}
