package io.millrace.broker.log;

import io.millrace.broker.log.cleanup.Retention;
import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.log.segment.SegmentLimits;

/**
 * How a log lays out and keeps its segments; the defaults are Kafka's.
 *
 * @param segmentBytes size above which a segment is not filled further
 * @param segmentMillis time between the first timestamp of a segment and a new one at which a segment is rolled
 * @param indexIntervalBytes log bytes between two index entries
 * @param segmentIndexBytes largest size of an index
 * @param retentionMillis age above which segments go, or {@link #UNLIMITED}
 * @param retentionBytes size of the log above which the oldest segments go, or {@link #UNLIMITED}
 * @param fileDeleteDelayMillis time between taking a segment out of the log and deleting its files: for so long, slices
 *     of it that were handed out stay readable
 * @param producers how many producers are remembered, and for how long; taken when the log is opened
 */
public record LogOptions(
        int segmentBytes,
        long segmentMillis,
        int indexIntervalBytes,
        int segmentIndexBytes,
        long retentionMillis,
        long retentionBytes,
        long fileDeleteDelayMillis,
        ProducerLimits producers) {
    /** A retention without a limit. */
    public static final long UNLIMITED = -1;

    private static final long WEEK_MILLIS = 7L * 24 * 60 * 60 * 1000;
    public static final LogOptions DEFAULTS =
            new LogOptions(1 << 30, WEEK_MILLIS, 4096, 10 << 20, WEEK_MILLIS, UNLIMITED, 60_000);

    /** A log that remembers producers as is usual. */
    public LogOptions(
            int segmentBytes,
            long segmentMillis,
            int indexIntervalBytes,
            int segmentIndexBytes,
            long retentionMillis,
            long retentionBytes,
            long fileDeleteDelayMillis) {
        this(
                segmentBytes,
                segmentMillis,
                indexIntervalBytes,
                segmentIndexBytes,
                retentionMillis,
                retentionBytes,
                fileDeleteDelayMillis,
                ProducerLimits.DEFAULTS);
    }

    SegmentLimits segmentLimits() {
        return new SegmentLimits(segmentBytes, segmentMillis, indexIntervalBytes, segmentIndexBytes);
    }

    Retention retention() {
        return new Retention(retentionMillis, retentionBytes);
    }
}
