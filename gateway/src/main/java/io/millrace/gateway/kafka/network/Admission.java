package io.millrace.gateway.kafka.network;

import java.net.InetAddress;
import java.time.Duration;

/** Whoever knows how often an address may connect. */
public interface Admission {
    /**
     * Somebody has connected. Returns zero when he is served, or for how long his connection is held, without being read, before it is
     * closed (KIP-612). Called on the thread that accepts, so it must not wait.
     */
    Duration holdBeforeClose(InetAddress address);
}
