package io.millrace.broker.log.producers;

/** Sequence numbers of records: from 0 to {@link Integer#MAX_VALUE}, and then from 0 again. */
final class Sequences {
    /** Half of all numbers: a number so far ahead of another is rather behind it. */
    private static final int HALF = 1 << 30;

    private Sequences() {}

    /** The number so many records further on. */
    static int plus(int sequence, int records) {
        return (sequence + records) & Integer.MAX_VALUE;
    }

    /** How many records lie from one number up to another, when that one comes later. */
    static int between(int from, int to) {
        return (to - from) & Integer.MAX_VALUE;
    }

    /** Whether the number comes before the other one, by less than half of all numbers. */
    static boolean isBefore(int sequence, int other) {
        int distance = between(sequence, other);
        return distance > 0 && distance <= HALF;
    }
}
