package io.millrace.system.client;

import io.millrace.history.HistoryRecorder;
import io.millrace.history.Promise;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import io.millrace.system.client.Attempt.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes to all partitions of a topic until it is stopped, and remembers what became of every record. One writer for each
 * partition sends a request when the one before is answered, through the doors in turn; a record is never sent twice.
 */
public final class Load implements AutoCloseable {
    /**
     * How fast writers write: these tests are about what is promised, not about how fast.
     *
     * @param records of one request
     * @param pause of a writer between two requests
     * @param requestsMax that a writer sends, whatever happens
     */
    public record Pace(int records, Duration pause, int requestsMax) {
        /** For a test of some seconds to a few minutes. */
        public static final Pace BRISK = new Pace(5, Duration.ofMillis(10), 20_000);
    }

    private final Recording recording;
    private final List<Door> doors;
    private final Pace pace;
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<Integer, Attempt> latest = new ConcurrentHashMap<>();
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean stopped;

    private Load(Recording recording, List<Door> doors, Pace pace) {
        this.recording = recording;
        this.doors = List.copyOf(doors);
        this.pace = pace;
    }

    /** Begins to write to all partitions of the recording's topic. */
    public static Load start(Recording recording, List<Door> doors, Pace pace) {
        Load load = new Load(recording, doors, pace);
        for (int i = 0; i < recording.partitions(); i++) {
            int partition = i;
            load.writers.add(Thread.ofVirtual().start(() -> load.write(partition)));
        }
        return load;
    }

    /** What became of the records so far, in the order of the answers. */
    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** Those that fit, in the order of the answers. */
    public List<Attempt> attempts(Predicate<Attempt> which) {
        return attempts.stream().filter(which).toList();
    }

    /** Records that were not acknowledged. */
    public List<Attempt> failures() {
        return attempts(attempt -> !attempt.isStored());
    }

    /** How many records have been acknowledged. */
    public long stored() {
        return attempts.stream().filter(Attempt::isStored).count();
    }

    /** The last record of that partition whose fate is known. */
    public Optional<Attempt> latest(int partition) {
        return Optional.ofNullable(latest.get(partition));
    }

    /** The longest time without an acknowledgement between the first and the last one of a partition. */
    public Duration longestSilence(int partition) {
        return longestSilence(
                partition,
                stored(partition).mapToLong(Attempt::answeredNanos).min().orElseThrow());
    }

    /** The longest time without an acknowledgement between that moment and the last one of a partition. */
    public Duration longestSilence(int partition, long sinceNanos) {
        long[] times = stored(partition)
                .mapToLong(Attempt::answeredNanos)
                .filter(time -> time - sinceNanos > 0)
                .sorted()
                .toArray();
        long longest = 0;
        long before = sinceNanos;
        for (long time : times) {
            longest = Math.max(longest, time - before);
            before = time;
        }
        return Duration.ofNanos(longest);
    }

    private Stream<Attempt> stored(int partition) {
        return attempts.stream().filter(attempt -> attempt.partition() == partition && attempt.isStored());
    }

    /** Ends the writing and waits until every request is answered. */
    public void stop() {
        stopped = true;
        try {
            for (Thread writer : writers) {
                writer.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void write(int partition) {
        HistoryRecorder recorder = recording.recorder();
        int producer = recorder.producer("writer-" + partition, Sending.IN_ORDER, Retrying.MAY_DUPLICATE);
        for (int request = 0; request < pace.requestsMax() && !stopped; request++) {
            long sent = System.nanoTime();
            long[] values = new long[pace.records()];
            for (int i = 0; i < values.length; i++) {
                values[i] = recorder.invoked(producer, recording.id(partition), Promise.DURABLE, sent);
            }
            send(partition, values, sent, doors.get((request + partition) % doors.size()));
            LockSupport.parkNanos(pace.pause().toNanos());
        }
    }

    private void send(int partition, long[] values, long sent, Door door) {
        List<Fate> fates = door.produce(recording.topic(), partition, values);
        for (int i = 0; i < values.length; i++) {
            ended(new Attempt(values[i], partition, sent, System.nanoTime(), fates.get(i)));
        }
    }

    private void ended(Attempt attempt) {
        switch (attempt.fate()) {
            case Fate.Stored(long offset) ->
                recording.recorder().acknowledged(attempt.value(), offset, attempt.answeredNanos());
            case Fate.Refused ignored -> recording.recorder().failed(attempt.value(), attempt.answeredNanos());
            case Fate.Unknown ignored -> recording.recorder().unknown(attempt.value(), attempt.answeredNanos());
        }
        attempts.add(attempt);
        latest.put(attempt.partition(), attempt);
    }
}
