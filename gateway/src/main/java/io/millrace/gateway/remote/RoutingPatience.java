package io.millrace.gateway.remote;

import java.time.Duration;

/**
 * How long the brokers of one request wait for each other.
 *
 * @param straggler how long a read over several brokers waits for one of them after its time, before it answers without it
 * @param directories how long a broker may take to tell the state of its log directories before it is left out
 */
public record RoutingPatience(Duration straggler, Duration directories) {}
