package io.millrace.gateway.kafka.network;

import java.net.InetSocketAddress;

/**
 * Who is at the other end of a connection.
 */
public final class Client {
    private final String listener;
    private final InetSocketAddress address;

    Client(String listener, InetSocketAddress address) {
        this.listener = listener;
        this.address = address;
    }

    /** The name of the listener that it has connected to. */
    public String listener() {
        return listener;
    }

    public InetSocketAddress address() {
        return address;
    }
}
