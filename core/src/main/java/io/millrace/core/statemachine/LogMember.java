package io.millrace.core.statemachine;

/**
 * A process that joins a log, as the others know it.
 *
 * @param id different from that of every other process that lives, the same after a restart
 * @param host under which other processes reach it
 * @param port under which other processes reach it; 0 when it serves its own process only
 */
public record LogMember(String id, String host, int port) {
    @Override
    public String toString() {
        return port == 0 ? id : id + " at " + host + ":" + port;
    }
}
