package io.millrace.rpc.server;

import java.time.Duration;

/**
 * How a controller serves the picture to other processes.
 *
 * @param stillAtAfter silence after which a watcher is told that nothing has changed; the others' patience must be longer
 * @param standingCheck how often it looks whether this controller still decides
 * @param historyDeltasMax changes that a watcher may be behind before it gets a whole picture
 * @param historyBytesMax the same in bytes of those changes
 * @param pieceBytesMax size of a piece of a whole picture
 * @param watchersMax watchers at the same time; further ones are refused
 */
public record ControllerEndpointOptions(
        Duration stillAtAfter,
        Duration standingCheck,
        int historyDeltasMax,
        long historyBytesMax,
        int pieceBytesMax,
        int watchersMax) {
    /** What fits a cluster of 10,000 partitions, whose whole picture has less than a mebibyte. */
    public static final ControllerEndpointOptions DEFAULTS = new ControllerEndpointOptions(
            Duration.ofSeconds(2), Duration.ofMillis(100), 1_000, 16L << 20, 512 << 10, 1_000);

    public ControllerEndpointOptions {
        require(stillAtAfter.isPositive(), "stillAtAfter");
        require(standingCheck.isPositive(), "standingCheck");
        require(historyDeltasMax >= 0, "historyDeltasMax");
        require(historyBytesMax >= 0, "historyBytesMax");
        require(pieceBytesMax > 0, "pieceBytesMax");
        require(watchersMax > 0, "watchersMax");
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is out of its range");
        }
    }
}
