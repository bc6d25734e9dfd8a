package io.millrace.core.api;

import java.time.Duration;

/**
 * Leave to serve.
 *
 * @param validFor counted from the moment when the heartbeat was sent, on the broker's own monotonic clock
 * @param fenced whether the broker must not lead at the moment
 */
public record BrokerLease(Duration validFor, boolean fenced) {}
