package io.millrace.history.check;

import java.util.ArrayList;
import java.util.List;

/** A poll that can still be changed, to plant faults. */
final class DraftPoll {
    record Seen(long offset, long value) {}

    final int consumer;
    final int partition;
    long from;
    final long invoked;
    long ended;
    boolean failed;
    final List<Seen> records = new ArrayList<>();

    DraftPoll(int consumer, int partition, long from, long invoked) {
        this.consumer = consumer;
        this.partition = partition;
        this.from = from;
        this.invoked = invoked;
    }

    long positionAfter() {
        return records.isEmpty() ? from : records.getLast().offset() + 1;
    }
}
