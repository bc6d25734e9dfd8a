package io.millrace.broker.replication.session;

import java.time.Duration;

/**
 * How much a session carries.
 *
 * @param windowBytes records that may be on their way to the follower, given to it and not yet answered
 * @param partBytesMax records of one partition in one answer, but for a first batch that is larger
 * @param messageBytesMax records in one message, but for a part that is larger
 * @param newsDelay how long news of a high watermark waits for records that carry it
 */
public record SessionLimits(long windowBytes, int partBytesMax, int messageBytesMax, Duration newsDelay) {
    /** The usual limits, with this window. */
    public static SessionLimits withWindow(long windowBytes) {
        return new SessionLimits(windowBytes, 1 << 20, 4 << 20, Duration.ofMillis(50));
    }
}
