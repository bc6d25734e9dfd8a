package io.millrace.core.model;

/**
 * An address on which a process listens.
 *
 * @param listener what speaks there, for example {@code internal}
 * @param host a name or address that other processes can reach
 * @param port 1 to 65535, or 0 when the process has no such listener because nobody reaches it over a network
 */
public record Endpoint(String listener, String host, int port) {}
