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
 * @param heldBytesMax memory of one connection's replies that its client has not taken
 * @param heldBytesOfAllMax the same of all connections, from which on each gets no more than it takes to get on
 * @param recordsInMemory whether records in replies may be in memory, and not only in files
 */
public record NetworkOptions(
        int loops,
        int frameBytesMax,
        long bytesInFlightMax,
        int requestsInFlightMax,
        int connectionsMax,
        Duration idleMax,
        Duration frameTimeMax,
        long heldBytesMax,
        long heldBytesOfAllMax,
        boolean recordsInMemory) {}
