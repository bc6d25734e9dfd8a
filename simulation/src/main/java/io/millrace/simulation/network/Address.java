package io.millrace.simulation.network;

/**
 * Where a process listens.
 *
 * @param host name of its machine
 * @param port 1 or more
 */
public record Address(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
