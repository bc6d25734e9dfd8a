package io.millrace.rpc.client;

import io.millrace.rpc.wire.Endpoints;

/**
 * Where a controller listens for other processes.
 *
 * @param host a name or address
 * @param port 1 to 65535
 */
public record ControllerAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public ControllerAddress {
        if (!Endpoints.isHost(host) || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "A controller's address is host:port with a host name of letters, digits, dots and"
                            + " hyphens, or an IP address, and a port of 1 to " + PORT_MAX + ", not " + host + ":"
                            + port);
        }
    }

    /** Reads {@code host:port}; an IPv6 address is in brackets. Throws IllegalArgumentException when it is none. */
    public static ControllerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(colon, 0)).strip();
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.indexOf(':') >= 0 && !bracketed) {
            throw new IllegalArgumentException("An IPv6 address needs brackets, as in [::1]:19093: " + text);
        }
        try {
            return new ControllerAddress(
                    bracketed ? host.substring(1, host.length() - 1) : host,
                    Integer.parseInt(text.substring(colon + 1).strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A controller's address is host:port, not " + text, e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
