package io.millrace.history;

/**
 * The polls of a history as columns, and the records that they returned. Nearly all records are of known writes and follow each
 * other from the offset that was asked for: such a record takes four bytes.
 */
public final class Polls {
    private static final int FAILED = -1;
    private static final int DENSE = -1;

    private final IntColumn consumers = new IntColumn();
    private final IntColumn partitions = new IntColumn();
    private final LongColumn froms = new LongColumn();
    private final LongColumn invoked = new LongColumn();
    private final LongColumn ended = new LongColumn();
    private final IntColumn counts = new IntColumn();

    /** By poll, the row of its first value. */
    private final LongColumn valueRows = new LongColumn();

    /** Values that are an int; the others are the complement of their row in the column after this. */
    private final IntColumn values = new IntColumn();

    private final LongColumn strangeValues = new LongColumn();

    /** By poll, the row of its first offset, or that its offsets are those from the one that was asked for. */
    private final IntColumn offsetRows = new IntColumn();

    private final LongColumn offsets = new LongColumn();

    Polls() {}

    public int size() {
        return (int) froms.size();
    }

    /** How many records all polls together returned. */
    public long allRecords() {
        return values.size();
    }

    public int consumer(int poll) {
        return consumers.get(poll);
    }

    public int partition(int poll) {
        return partitions.get(poll);
    }

    public long from(int poll) {
        return froms.get(poll);
    }

    public long invokedNanos(int poll) {
        return invoked.get(poll);
    }

    public long endedNanos(int poll) {
        return ended.get(poll);
    }

    public boolean failed(int poll) {
        return counts.get(poll) == FAILED;
    }

    /** How many records the poll returned. */
    public int records(int poll) {
        return Math.max(0, counts.get(poll));
    }

    /** The offset of the poll's record of that index. */
    public long offset(int poll, int index) {
        int row = offsetRows.get(poll);
        return row == DENSE ? froms.get(poll) + index : offsets.get((long) row + index);
    }

    /** The value of the poll's record of that index. */
    public long value(int poll, int index) {
        int value = values.get(valueRows.get(poll) + index);
        return value >= 0 ? value : strangeValues.get(~value);
    }

    /** Whether the offsets rise from the one that was asked for on. */
    public boolean rises(int poll) {
        long due = from(poll);
        for (int index = 0; offsetRows.get(poll) != DENSE && index < records(poll); index++) {
            if (offset(poll, index) < due) {
                return false;
            }
            due = offset(poll, index) + 1;
        }
        return true;
    }

    /** The offset after the highest one that the poll returned, or where it began when it returned nothing above. */
    public long positionAfter(int poll) {
        if (offsetRows.get(poll) == DENSE) {
            return from(poll) + records(poll);
        }
        long position = from(poll);
        for (int index = 0; index < records(poll); index++) {
            position = Math.max(position, offset(poll, index) + 1);
        }
        return position;
    }

    void add(int consumer, int partition, long from, long invokedNanos, long endedNanos) {
        consumers.add(consumer);
        partitions.add(partition);
        froms.add(from);
        invoked.add(invokedNanos);
        ended.add(endedNanos);
        counts.add(FAILED);
        valueRows.add(values.size());
        offsetRows.add(DENSE);
    }

    /** The records of the poll that was added last. */
    void returned(ReadRecords records) {
        int poll = size() - 1;
        counts.set(poll, records.size());
        if (!records.followFrom(from(poll))) {
            offsetRows.set(poll, Math.toIntExact(offsets.size()));
            for (int index = 0; index < records.size(); index++) {
                offsets.add(records.offset(index));
            }
        }
        for (int index = 0; index < records.size(); index++) {
            addValue(records.value(index));
        }
    }

    private void addValue(long value) {
        if (value >= 0 && value <= Integer.MAX_VALUE) {
            values.add((int) value);
        } else {
            values.add(~(int) strangeValues.size());
            strangeValues.add(value);
        }
    }
}
