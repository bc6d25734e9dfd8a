package io.millrace.broker.scrub;

import java.time.Duration;

/**
 * How much of a disk's time goes into looking for damage.
 *
 * @param bytesPerSecond at most, over all log directories; 0 switches scrubbing off
 * @param interval from the beginning of one pass over everything to that of the next, at least
 * @param sliceBytes that are read and checked in one go
 */
public record ScrubOptions(long bytesPerSecond, Duration interval, int sliceBytes) {
    public static final ScrubOptions DEFAULTS = new ScrubOptions(4 << 20, Duration.ofDays(7), 1 << 20);

    public ScrubOptions {
        if (bytesPerSecond < 0 || interval.isNegative() || sliceBytes < 1) {
            throw new IllegalArgumentException(
                    "Scrubbing needs a rate of 0 bytes per second or more, an interval that is"
                            + " not negative and slices of at least 1 byte, not " + bytesPerSecond + ", " + interval
                            + " and "
                            + sliceBytes);
        }
    }

    public boolean isOff() {
        return bytesPerSecond == 0;
    }
}
