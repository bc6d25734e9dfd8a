package io.millrace.gateway.kafka.network;

import java.net.InetAddress;
import java.time.Duration;

/** Hears of what connections go through, on their threads. Must be quick and must not throw. */
public interface NetworkObserver {
    /** A client has connected. */
    default void connected(Client client) {}

    /** A connection has ended, for whatever reason. */
    default void disconnected(Client client) {}

    /** A connection was refused, as there are as many as there may be. */
    default void refused() {}

    /** A connection is not served, as its address makes more of them than it may. */
    default void throttled(InetAddress address, Duration hold) {}

    /** The server has ended a connection for that reason. */
    default void hungUp(Client client, String reason) {}

    /** Something failed that cannot fail. */
    default void bug(Client client, Throwable bug) {}
}
