package io.millrace.history;

/** The polls of a history and the records that they returned, as columns. */
public final class Polls {
    private static final int FAILED = -1;

    private final IntColumn consumers = new IntColumn();
    private final IntColumn partitions = new IntColumn();
    private final LongColumn froms = new LongColumn();
    private final LongColumn invoked = new LongColumn();
    private final LongColumn ended = new LongColumn();
    private final LongColumn firstRecords = new LongColumn();
    private final IntColumn counts = new IntColumn();
    private final LongColumn offsets = new LongColumn();
    private final LongColumn values = new LongColumn();

    Polls() {}

    public int size() {
        return (int) froms.size();
    }

    /** How many records all polls together returned. */
    public long records() {
        return offsets.size();
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

    public long firstRecord(int poll) {
        return firstRecords.get(poll);
    }

    /** The row after the poll's last record. */
    public long endOfRecords(int poll) {
        return firstRecords.get(poll) + Math.max(0, counts.get(poll));
    }

    public long offset(long record) {
        return offsets.get(record);
    }

    public long value(long record) {
        return values.get(record);
    }

    /** The offset after the highest one that the poll returned, or where it began when it returned nothing. */
    public long positionAfter(int poll) {
        long position = from(poll);
        for (long record = firstRecord(poll); record < endOfRecords(poll); record++) {
            position = Math.max(position, offset(record) + 1);
        }
        return position;
    }

    void add(int consumer, int partition, long from, long invokedNanos, long endedNanos) {
        consumers.add(consumer);
        partitions.add(partition);
        froms.add(from);
        invoked.add(invokedNanos);
        ended.add(endedNanos);
        firstRecords.add(offsets.size());
        counts.add(FAILED);
    }

    /** The records of the poll that was added last. */
    void returned(ReadRecords records) {
        for (int i = 0; i < records.size(); i++) {
            offsets.add(records.offset(i));
            values.add(records.value(i));
        }
        counts.set(size() - 1L, records.size());
    }
}
