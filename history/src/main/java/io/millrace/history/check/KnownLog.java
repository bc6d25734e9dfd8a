package io.millrace.history.check;

import java.util.Arrays;

/**
 * What a history knows of one partition's log: for each offset that a poll returned or a durable acknowledgement named, in
 * rising order, the value, the moment from which it was known to be there, and by which operation. A slot is an index into this.
 *
 * <p>Where readings disagree, the acknowledgement wins, and then the first poll: that they disagree is for {@link TwoValuesRule}
 * to say. Acknowledgements of best effort are no knowledge, since such a record may have lost its place again unseen.
 */
final class KnownLog {
    static final int NOWHERE = -1;

    private final long[] offsets;
    private final long[] values;
    private final long[] since;
    private final long[] evidence;

    private KnownLog(long[] offsets) {
        this.offsets = offsets;
        values = new long[offsets.length];
        since = new long[offsets.length];
        evidence = new long[offsets.length];
        Arrays.fill(since, Long.MAX_VALUE);
    }

    static KnownLog of(PartitionHistory partition) {
        SortedOffsets offsets = new SortedOffsets();
        partition.forEachReading((offset, value, nanos, operation) -> offsets.add(offset));
        KnownLog log = new KnownLog(offsets.distinct());
        SlotCursor cursor = new SlotCursor(log);
        partition.forEachReading(
                (offset, value, nanos, operation) -> log.learn(cursor.slotOf(offset), value, nanos, operation));
        return log;
    }

    private void learn(int slot, long value, long nanos, long operation) {
        boolean first = since[slot] == Long.MAX_VALUE;
        if (first) {
            values[slot] = value;
        }
        if (values[slot] == value && nanos < since[slot]) {
            since[slot] = nanos;
            evidence[slot] = operation;
        }
    }

    int size() {
        return offsets.length;
    }

    long offset(int slot) {
        return offsets[slot];
    }

    long value(int slot) {
        return values[slot];
    }

    /** The end of the first operation that showed this value here. */
    long sinceNanos(int slot) {
        return since[slot];
    }

    /** See {@link Evidence}. */
    long evidence(int slot) {
        return evidence[slot];
    }

    /** The first slot at the offset or above it; the size when there is none. */
    int slotFrom(long offset) {
        int found = Arrays.binarySearch(offsets, offset);
        return found >= 0 ? found : -found - 1;
    }
}
