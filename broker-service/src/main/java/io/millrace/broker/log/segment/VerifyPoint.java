package io.millrace.broker.log.segment;

/**
 * How far a log was verified: up to a position in a segment, where the batch with the offset begins.
 *
 * @param segment the segment's base offset
 */
public record VerifyPoint(long segment, int position, long offset) {
    /** Where a log begins. */
    public static final VerifyPoint START = new VerifyPoint(-1, 0, -1);

    /** Where a segment begins. */
    public static VerifyPoint startOf(long segment) {
        return new VerifyPoint(segment, 0, segment);
    }

    /** Where a segment ends, wherever that is: what follows is the next one. */
    public static VerifyPoint endOf(long segment) {
        return new VerifyPoint(segment, Integer.MAX_VALUE, -1);
    }
}
