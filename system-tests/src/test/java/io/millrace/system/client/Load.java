package io.millrace.system.client;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.millrace.system.client.Attempt.Fate;
import io.millrace.v1.ProduceRequest;
import io.millrace.v1.ProduceResult;
import io.millrace.v1.ProducerRecord;
import java.time.Duration;
import java.util.ArrayList;
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

    private final String topic;
    private final List<Grpc> gateways;
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<Integer, Attempt> latest = new ConcurrentHashMap<>();
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean stopped;

    private Load(String topic, List<Grpc> gateways) {
        this.topic = topic;
        this.gateways = List.copyOf(gateways);
    }

    /** Begins to write to partitions 0 to {@code partitions - 1}. */
    public static Load start(String topic, int partitions, List<Grpc> gateways) {
        Load load = new Load(topic, gateways);
        for (int i = 0; i < partitions; i++) {
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
        for (int request = 0; request < REQUESTS_MAX && !stopped; request++) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < RECORDS_PER_REQUEST; i++) {
                values.add(topic + "-" + partition + "-" + request + "-" + i);
            }
            send(partition, values, gateways.get((request + partition) % gateways.size()));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void send(int partition, List<String> values, Grpc gateway) {
        ProduceRequest.Builder request = ProduceRequest.newBuilder().setTopic(topic);
        for (String value : values) {
            request.addRecords(
                    ProducerRecord.newBuilder().setPartition(partition).setValue(ByteString.copyFromUtf8(value)));
        }
        long sent = System.nanoTime();
        List<Fate> fates;
        try {
            fates = gateway.producer().produce(request.build()).getResultsList().stream()
                    .map(Load::fateOf)
                    .toList();
        } catch (StatusRuntimeException e) {
            fates = values.stream()
                    .<Fate>map(_ -> new Fate.Unknown(e.getStatus().toString()))
                    .toList();
        }
        long answered = System.nanoTime();
        for (int i = 0; i < values.size(); i++) {
            Attempt attempt = new Attempt(values.get(i), partition, sent, answered, fates.get(i));
            attempts.add(attempt);
            latest.put(partition, attempt);
        }
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
