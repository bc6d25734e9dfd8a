package io.millrace.system.client;

import io.grpc.StatusRuntimeException;
import io.millrace.history.HistoryRecorder;
import io.millrace.history.Promise;
import io.millrace.history.Retrying;
import io.millrace.history.Sending;
import io.millrace.system.client.Attempt.Fate;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProduceResult;
import io.millrace.v1.ProducerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Writes to all partitions of a topic until it is stopped, and remembers what became of every record. One writer for each
 * partition sends a request when the one before is answered, to the gateways in turn; a record is never sent twice.
 */
public final class Load implements AutoCloseable {
    private static final int RECORDS_PER_REQUEST = 5;
    private static final int REQUESTS_MAX = 20_000;
    /** Between two requests of a writer: these tests are about what is promised, not about how fast. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final String TIMED_OUT = "REQUEST_TIMED_OUT";

    private final Recording recording;
    private final List<Grpc> gateways;
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<Integer, Attempt> latest = new ConcurrentHashMap<>();
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean stopped;

    private Load(Recording recording, List<Grpc> gateways) {
        this.recording = recording;
        this.gateways = List.copyOf(gateways);
    }

    /** Begins to write to all partitions of the recording's topic. */
    public static Load start(Recording recording, List<Grpc> gateways) {
        Load load = new Load(recording, gateways);
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

    /** When the first record of a partition was acknowledged that had been sent after that moment; there is one. */
    public long firstStoredAfter(int partition, long nanos) {
        return attempts.stream()
                .filter(attempt -> attempt.partition() == partition && attempt.isStored())
                .filter(attempt -> attempt.sentNanos() - nanos > 0)
                .mapToLong(Attempt::answeredNanos)
                .min()
                .orElseThrow();
    }

    /** The longest time without an acknowledgement between the first and the last one of a partition. */
    public Duration longestSilence(int partition) {
        List<Long> times = attempts.stream()
                .filter(attempt -> attempt.partition() == partition && attempt.isStored())
                .map(Attempt::answeredNanos)
                .sorted(Comparator.naturalOrder())
                .toList();
        long longest = 0;
        for (int i = 1; i < times.size(); i++) {
            longest = Math.max(longest, times.get(i) - times.get(i - 1));
        }
        return Duration.ofNanos(longest);
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
        for (int request = 0; request < REQUESTS_MAX && !stopped; request++) {
            long sent = System.nanoTime();
            long[] values = new long[RECORDS_PER_REQUEST];
            for (int i = 0; i < values.length; i++) {
                values[i] = recorder.invoked(producer, recording.id(partition), Promise.DURABLE, sent);
            }
            send(partition, values, sent, gateways.get((request + partition) % gateways.size()));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void send(int partition, long[] values, long sent, Grpc gateway) {
        ProduceRequest.Builder request = ProduceRequest.newBuilder().setTopic(recording.topic());
        for (long value : values) {
            request.addRecords(
                    ProducerRecord.newBuilder().setPartition(partition).setValue(Recording.bytes(value)));
        }
        List<Fate> fates;
        try {
            fates = gateway.producer().produce(request.build()).getResultsList().stream()
                    .map(Load::fateOf)
                    .toList();
        } catch (StatusRuntimeException e) {
            fates = Collections.nCopies(
                    values.length, new Fate.Unknown(e.getStatus().toString()));
        }
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

    private static Fate fateOf(ProduceResult result) {
        if (!result.hasError()) {
            return new Fate.Stored(result.getOffset());
        }
        String why =
                result.getError().getKafkaError() + ": " + result.getError().getMessage();
        return result.getError().getKafkaError().equals(TIMED_OUT) ? new Fate.Unknown(why) : new Fate.Refused(why);
    }
}
