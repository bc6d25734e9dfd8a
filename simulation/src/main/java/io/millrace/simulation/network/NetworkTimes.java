package io.millrace.simulation.network;

import java.time.Duration;

/**
 * How a network behaves while nothing is wrong with it, and how soon its users notice that something is.
 *
 * @param delayMin of a message
 * @param delayMax of a message, but for one in a hundred that takes ten times as long
 * @param bytesPerMicrosecond that a link carries
 * @param connect that making a connection may take
 * @param reconnect between two attempts to connect where nobody could be reached
 * @param noticeMin silence after which an end notices that the other one is gone, at least
 * @param noticeMax the same, at most
 */
public record NetworkTimes(
        Duration delayMin,
        Duration delayMax,
        int bytesPerMicrosecond,
        Duration connect,
        Duration reconnect,
        Duration noticeMin,
        Duration noticeMax) {
    /** Machines in one building, with the product's patience. */
    public static final NetworkTimes DEFAULTS = new NetworkTimes(
            Duration.ofNanos(50_000),
            Duration.ofMillis(1),
            100,
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            Duration.ofSeconds(3),
            Duration.ofSeconds(13));
}
