package io.millrace.history.check;

import io.millrace.history.Consumer;
import io.millrace.history.History;
import io.millrace.history.Operation;
import io.millrace.history.Partition;
import io.millrace.history.Polls;
import io.millrace.history.Writes;

/** One partition's part of a history, as rules see it. */
final class PartitionHistory {
    /** One sight of a value at an offset: an acknowledgement that is kept, or a record of a poll. */
    interface Reading {
        void at(long offset, long value, long nanos, long evidence);
    }

    private final History history;
    private final Partition partition;
    private final RowsByPartition writeRows;
    private final RowsByPartition pollRows;
    private final KnownLog known;

    PartitionHistory(History history, Partition partition, RowsByPartition writeRows, RowsByPartition pollRows) {
        this.history = history;
        this.partition = partition;
        this.writeRows = writeRows;
        this.pollRows = pollRows;
        known = KnownLog.of(this);
    }

    History history() {
        return history;
    }

    Partition partition() {
        return partition;
    }

    KnownLog known() {
        return known;
    }

    int writes() {
        return writeRows.count(partition.id());
    }

    /** The value of the partition's write of that index, in the order of invocation. */
    int write(int index) {
        return writeRows.row(partition.id(), index);
    }

    int polls() {
        return pollRows.count(partition.id());
    }

    /** The id of the partition's poll of that index, in the order of recording. */
    int poll(int index) {
        return pollRows.row(partition.id(), index);
    }

    Consumer consumerOf(int poll) {
        return history.consumers().get(history.polls().consumer(poll));
    }

    /** Whether the value is a write to this partition. */
    boolean isWrittenHere(long value) {
        Writes writes = history.writes();
        return writes.has(value) && writes.partition(value) == partition.id();
    }

    Operation evidenceOf(int slot) {
        return Evidence.operation(history, known.evidence(slot));
    }

    /** Durable acknowledgements first, then polls, each in the order of recording. */
    void forEachReading(Reading reading) {
        Writes writes = history.writes();
        for (int i = 0; i < writes(); i++) {
            int value = write(i);
            if (writes.isKept(value) && writes.offset(value) != Writes.NO_OFFSET) {
                reading.at(writes.offset(value), value, writes.endedNanos(value), Evidence.ofWrite(value));
            }
        }
        Polls polls = history.polls();
        for (int i = 0; i < polls(); i++) {
            int poll = poll(i);
            long nanos = polls.endedNanos(poll);
            for (int index = 0; index < polls.records(poll); index++) {
                reading.at(polls.offset(poll, index), polls.value(poll, index), nanos, Evidence.ofPoll(poll));
            }
        }
    }
}
