package io.millrace.controller.zookeeper;

import java.time.Duration;

/**
 * Where and how a log is kept.
 *
 * @param root the znode below which everything lies
 * @param writeBytesMax largest write; a decision above it is split. ZooKeeper drops the connection over a request above
 *     its jute.maxbuffer, which is 1 MiB, so this stays well below.
 * @param retryDelay pause after a failed attempt to join or to take over
 * @param confirmEvery how often a member looks whether it is what it believes to be, in case it missed to hear otherwise
 */
public record ZooKeeperLogOptions(String root, int writeBytesMax, Duration retryDelay, Duration confirmEvery) {
    /** Half of ZooKeeper's default limit of a request. */
    public static final int WRITE_BYTES_MAX = 512 * 1024;

    /** The root of the product. */
    public static final String ROOT = "/millrace";

    /** What the product uses. */
    public static ZooKeeperLogOptions of(int writeBytesMax) {
        return new ZooKeeperLogOptions(ROOT, writeBytesMax, Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    /** Identifies the log. */
    String logPath() {
        return root + "/cluster";
    }

    /** Says who may write. */
    String epochPath() {
        return root + "/controller";
    }

    /** Where the members queue for the lead. */
    String candidatesPath() {
        return epochPath() + "/candidates";
    }
}
