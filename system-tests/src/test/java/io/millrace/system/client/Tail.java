package io.millrace.system.client;

import io.millrace.history.ReadRecords;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Reads a topic from its beginning and on and on, page by page, each page through the next door, until it is stopped. */
public final class Tail implements AutoCloseable {
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

    private final Recording recording;
    private final List<Door> doors;
    private final int consumer;
    private final long[] positions;
    private final LongAdder read = new LongAdder();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Thread reader;
    private volatile boolean stopped;

    private Tail(Recording recording, List<Door> doors) {
        this.recording = recording;
        this.doors = List.copyOf(doors);
        this.consumer = recording.recorder().consumer("tail");
        this.positions = new long[recording.partitions()];
        this.reader = Thread.ofVirtual().unstarted(this::read);
    }

    /** Begins to read all partitions of the recording's topic. */
    public static Tail start(Recording recording, List<Door> doors) {
        Tail tail = new Tail(recording, doors);
        tail.reader.start();
        return tail;
    }

    /** How much it has read so far. */
    public long size() {
        return read.sum();
    }

    /** What went wrong, in words; it goes on after each. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        String cursor = "";
        for (int page = 0; !stopped; page++) {
            cursor = readPage(doors.get(page % doors.size()), cursor);
        }
    }

    private String readPage(Door door, String cursor) {
        long invoked = System.nanoTime();
        try {
            Door.Page page = door.read(recording.topic(), recording.partitions(), cursor);
            record(page, invoked);
            if (!page.failures().isEmpty()) {
                failures.addAll(page.failures());
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
            return page.cursor();
        } catch (Door.UnansweredException e) {
            long ended = System.nanoTime();
            for (int partition = 0; partition < positions.length; partition++) {
                recording
                        .recorder()
                        .pollFailed(consumer, recording.id(partition), positions[partition], invoked, ended);
            }
            failures.add(String.valueOf(e.getMessage()));
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            return cursor;
        }
    }

    private void record(Door.Page page, long invoked) {
        long ended = System.nanoTime();
        List<ReadRecords> byPartition =
                Stream.generate(ReadRecords::new).limit(positions.length).toList();
        for (Door.Seen seen : page.records()) {
            byPartition.get(seen.partition()).add(seen.offset(), seen.value());
        }
        for (int partition = 0; partition < positions.length; partition++) {
            ReadRecords records = byPartition.get(partition);
            if (records.size() > 0) {
                recording
                        .recorder()
                        .polled(consumer, recording.id(partition), positions[partition], invoked, ended, records);
                positions[partition] = records.offset(records.size() - 1) + 1;
                read.add(records.size());
            }
        }
    }
}
