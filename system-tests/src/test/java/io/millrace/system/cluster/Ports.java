package io.millrace.system.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for processes that have to know theirs before they start, because others are told. They lie below those that
 * operating systems give to outgoing connections, so that none is lost while its process is down.
 */
final class Ports {
    private static final int FIRST = 10_000;
    private static final int END = 30_000;
    private static final int ATTEMPTS = 1_000;
    private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A port that nobody listens on, never the same twice. */
    static int next() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (TAKEN.add(port) && canBeBound(port)) {
                return port;
            }
        }
        throw new IllegalStateException("There is no free port from " + FIRST + " to " + (END - 1) + ".");
    }

    private static boolean canBeBound(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
