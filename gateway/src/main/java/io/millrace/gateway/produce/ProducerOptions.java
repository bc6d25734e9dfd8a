package io.millrace.gateway.produce;

import java.time.Duration;

/**
 * The producer's limits and waits.
 *
 * @param linger how long the first record of a batch waits for others when nothing of its partition is under way; while
 *     an append is under way records gather anyway
 * @param batchBytesMax bytes of a batch before compression; a larger record, if its topic allows it, goes alone
 * @param inFlightBytesMax bytes of records that this process has taken in and not yet answered
 * @param inFlightWaitMax how long a call waits for room under that limit before it is refused
 * @param timeoutMax longest time that a call may ask for
 * @param retryFor how long a partition that has no leader, or another than the picture shows, is tried again
 * @param retryBackoff time between two such tries
 */
public record ProducerOptions(
        Duration linger,
        int batchBytesMax,
        long inFlightBytesMax,
        Duration inFlightWaitMax,
        Duration timeoutMax,
        Duration retryFor,
        Duration retryBackoff) {}
