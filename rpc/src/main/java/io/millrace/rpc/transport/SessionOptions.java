package io.millrace.rpc.transport;

import java.time.Duration;

/**
 * How two brokers keep a session. Both must have about the same idea of silence.
 *
 * @param stillHereAfter silence after which a side says that it is still there
 * @param silenceMax silence of the other side after which a session counts as broken: longer than any message takes on its way
 * @param helloTimeout what a follower may take to say who it is
 * @param sessionsMax sessions that are served at the same time; further ones are refused
 * @param messageBytes of records that are sent together; a part that is larger is sent alone
 * @param sendBufferBytes of one session that are read from the log and not yet sent; at most one message more than that
 */
public record SessionOptions(
        Duration stillHereAfter,
        Duration silenceMax,
        Duration helloTimeout,
        int sessionsMax,
        int messageBytes,
        int sendBufferBytes) {
    /** What notices a dead broker well before it would be taken out of in-sync sets. */
    public static final SessionOptions DEFAULTS = new SessionOptions(
            Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(5), 1_000, 1 << 20, 512 << 10);

    public SessionOptions {
        require(stillHereAfter.isPositive(), "stillHereAfter");
        require(silenceMax.compareTo(stillHereAfter.multipliedBy(2)) >= 0, "silenceMax");
        require(helloTimeout.isPositive(), "helloTimeout");
        require(sessionsMax > 0, "sessionsMax");
        require(messageBytes > 0, "messageBytes");
        require(sendBufferBytes > 0, "sendBufferBytes");
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is out of its range");
        }
    }
}
