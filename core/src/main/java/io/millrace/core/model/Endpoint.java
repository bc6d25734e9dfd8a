package io.millrace.core.model;

/**
 * An address on which a process listens.
 *
 * @param listener what speaks there, for example {@code internal}
 * @param host a name or address that other processes can reach
 * @param port 1 to 65535, or 0 when the process has no such listener because nobody reaches it over a network
 */
public record Endpoint(String listener, String host, int port) {
    /** Speaks with other processes of the cluster. */
    public static final String INTERNAL = "internal";

    private static final String KAFKA = "kafka:";

    /** What speaks with Kafka clients of that listener, at a broker whose process has a gateway of its own. */
    public static String kafka(String listener) {
        return KAFKA + listener;
    }
}
