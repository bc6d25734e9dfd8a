package io.millrace.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records operations as they happen. Threads may share one: every method is atomic. It has no clock: times are arguments, in
 * nanoseconds of one clock that all recorded operations share.
 *
 * <p>Partitions, producers and consumers are named once and are small numbers from then on. The value of a write is made here
 * ({@link #invoked}); whoever sends it writes it into the record, and whoever reads a record hands it back, so that one reading
 * tells which write was read. What does not fit (a write that ends twice, an operation that ends before it began) is refused
 * with an exception: it is a bug of the test that records.
 */
public final class HistoryRecorder {
    private record Named(String topic, int number) {}

    private final Map<Named, Integer> partitionIds = new HashMap<>();
    private final List<Partition> partitions = new ArrayList<>();
    private final List<Producer> producers = new ArrayList<>();
    private final List<Consumer> consumers = new ArrayList<>();
    private final Writes writes = new Writes();
    private final Polls polls = new Polls();
    private boolean finished;

    /** The id of the partition, which is made when it was not named before. */
    public synchronized int partition(String topic, int number) {
        ensureOpen();
        return partitionIds.computeIfAbsent(new Named(topic, number), named -> {
            partitions.add(new Partition(partitions.size(), topic, number));
            return partitions.size() - 1;
        });
    }

    /** A new producer. A producer that starts again with a new identity is a new one. */
    public synchronized int producer(String name, Sending sending, Retrying retrying) {
        ensureOpen();
        producers.add(new Producer(producers.size(), name, sending, retrying));
        return producers.size() - 1;
    }

    /** A new consumer, which goes forward only; it may read several partitions. */
    public synchronized int consumer(String name) {
        return newConsumer(name, Consumer.NONE);
    }

    /** A new reader of one whole partition after everything has healed, by whose polls loss is judged. */
    public synchronized int finalReader(String name, int partition) {
        partitions.get(partition);
        return newConsumer(name, partition);
    }

    private int newConsumer(String name, int finallyReads) {
        ensureOpen();
        consumers.add(new Consumer(consumers.size(), name, finallyReads, Consumer.NONE));
        return consumers.size() - 1;
    }

    /**
     * A write is about to be sent for the first time. A producer's writes to a partition are recorded in the order of sending.
     *
     * @return its value, which no other write of this recorder has
     */
    public synchronized long invoked(int producer, int partition, Promise promise, long nanos) {
        ensureOpen();
        producers.get(producer);
        partitions.get(partition);
        return writes.add(producer, partition, promise, nanos);
    }

    /**
     * The write is about to be sent once more while it is unknown whether the attempts before stored it. An attempt after one
     * that certainly stored nothing is not to be recorded.
     */
    public synchronized void attemptedAgain(long value) {
        ensureNotEnded(value);
        if (writes.attempts(value) == Writes.ATTEMPTS_MAX - 1) {
            throw new IllegalStateException("write of " + value + " was attempted " + Writes.ATTEMPTS_MAX + " times");
        }
        writes.attempt(value);
    }

    /** The write was acknowledged, at the offset or, when none was told, {@link Writes#NO_OFFSET}. */
    public synchronized void acknowledged(long value, long offset, long nanos) {
        if (offset < Writes.NO_OFFSET) {
            throw new IllegalArgumentException("write of " + value + " acknowledged at offset " + offset);
        }
        end(value, Outcome.OK, offset, nanos);
    }

    /** The last attempt certainly stored nothing and never will. With the attempts before it unknown, some may still be stored. */
    public synchronized void failed(long value, long nanos) {
        end(value, Outcome.FAILED, Writes.NO_OFFSET, nanos);
    }

    /** The producer gave up not knowing: the write may be stored, now or later. */
    public synchronized void unknown(long value, long nanos) {
        end(value, Outcome.UNKNOWN, Writes.NO_OFFSET, nanos);
    }

    private void end(long value, Outcome outcome, long offset, long nanos) {
        ensureNotEnded(value);
        ensureForward(writes.invokedNanos(value), nanos);
        writes.end(value, outcome, offset, nanos);
    }

    /** A poll that asked for records from an offset on and got these, in this order; none is an answer too. */
    public synchronized void polled(
            int consumer, int partition, long from, long invokedNanos, long endedNanos, ReadRecords records) {
        addPoll(consumer, partition, from, invokedNanos, endedNanos);
        polls.returned(records);
    }

    /** A poll that was refused or got no answer; it says nothing about the log. */
    public synchronized void pollFailed(int consumer, int partition, long from, long invokedNanos, long endedNanos) {
        addPoll(consumer, partition, from, invokedNanos, endedNanos);
    }

    private void addPoll(int consumer, int partition, long from, long invokedNanos, long endedNanos) {
        ensureOpen();
        partitions.get(partition);
        int only = consumers.get(consumer).finallyReads();
        if (only != Consumer.NONE && only != partition) {
            throw new IllegalArgumentException(
                    "a final reader of " + partitions.get(only) + " polled " + partitions.get(partition));
        }
        ensureForward(invokedNanos, endedNanos);
        polls.add(consumer, partition, from, invokedNanos, endedNanos);
    }

    /**
     * The final reader has polled up to the end of the log as the cluster names it: whatever it did not return is not there.
     * Without this, loss is judged only below the highest offset that it returned.
     */
    public synchronized void reachedLogEnd(int finalReader, long logEnd) {
        ensureOpen();
        Consumer reader = consumers.get(finalReader);
        if (!reader.isFinalReader() || logEnd < 0) {
            throw new IllegalArgumentException(reader.name() + " cannot have finally read up to " + logEnd);
        }
        consumers.set(finalReader, new Consumer(reader.id(), reader.name(), reader.finallyReads(), logEnd));
    }

    /** Ends the recording. The history shares the recorder's memory, so whatever is recorded from now on is refused. */
    public synchronized History finish() {
        ensureOpen();
        finished = true;
        return new History(partitions, producers, consumers, writes, polls);
    }

    private void ensureNotEnded(long value) {
        ensureOpen();
        if (!writes.has(value) || writes.hasEnded(value)) {
            throw new IllegalStateException("write of " + value + " was never invoked or has ended");
        }
    }

    private void ensureOpen() {
        if (finished) {
            throw new IllegalStateException("this recording is finished");
        }
    }

    private static void ensureForward(long invokedNanos, long endedNanos) {
        if (endedNanos < invokedNanos || endedNanos == Writes.NEVER) {
            throw new IllegalArgumentException("invoked at " + invokedNanos + " but ended at " + endedNanos);
        }
    }
}
