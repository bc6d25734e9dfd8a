package io.millrace.rpc.client;

import java.time.Duration;

/**
 * How patient a controller's client is.
 *
 * @param answerTimeout for the answer of one controller to a change or a registration
 * @param heartbeatTimeout for the answer to a heartbeat, the search for a controller included
 * @param probeTimeout for the answer of one controller to the question who decides
 * @param searchTimeout how long a call may wait for a controller that decides before it is refused
 * @param searchPause between two rounds through all controllers
 * @param silenceMax after which a connection counts as broken: a controller that has nothing to tell says so every few seconds
 * @param messageBytesMax size of a message in either direction; the creation of a topic, and a broker's end, are one message
 *     with all partitions in it
 */
public record ControllerClientOptions(
        Duration answerTimeout,
        Duration heartbeatTimeout,
        Duration probeTimeout,
        Duration searchTimeout,
        Duration searchPause,
        Duration silenceMax,
        int messageBytesMax) {
    /** What fits controllers that take over from each other within a few seconds. */
    public static final ControllerClientOptions DEFAULTS = new ControllerClientOptions(
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(6),
            64 << 20);

    public ControllerClientOptions {
        require(answerTimeout.isPositive(), "answerTimeout");
        require(heartbeatTimeout.isPositive(), "heartbeatTimeout");
        require(probeTimeout.isPositive(), "probeTimeout");
        require(searchTimeout.isPositive(), "searchTimeout");
        require(searchPause.isPositive(), "searchPause");
        require(silenceMax.isPositive(), "silenceMax");
        require(messageBytesMax > 0, "messageBytesMax");
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is out of its range");
        }
    }
}
