package io.millrace.system.kafka;

import io.millrace.system.client.Rest;

/**
 * Where clients write to and read from.
 *
 * @param kafka host and port, all that clients know
 * @param rest for what some clients cannot do
 * @param replicas of each partition
 */
public record Target(String name, String kafka, Rest rest, int replicas) {}
