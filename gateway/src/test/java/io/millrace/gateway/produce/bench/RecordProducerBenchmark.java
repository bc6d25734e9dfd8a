package io.millrace.gateway.produce.bench;

import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.environment.simulated.SeededRandomness;
import io.millrace.core.model.Acks;
import io.millrace.core.records.Compression;
import io.millrace.gateway.produce.NewRecord;
import io.millrace.gateway.produce.ProduceObserver;
import io.millrace.gateway.produce.ProduceOptions;
import io.millrace.gateway.produce.Produced;
import io.millrace.gateway.produce.ProducerEnvironment;
import io.millrace.gateway.produce.ProducerOptions;
import io.millrace.gateway.produce.RecordProducer;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.Partitioner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds per record of 100 bytes through the producer: one caller that keeps some calls under way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RecordProducerBenchmark.RECORDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RecordProducerBenchmark {
    static final int RECORDS = 6_400;
    private static final int VALUE_BYTES = 100;
    private static final int PARTITIONS = 6;

    @Param({"1", "100"})
    private int recordsPerCall;

    @Param({"1", "64"})
    private int callsUnderWay;

    @Param({"0", "1000"})
    private int appendMicros;

    @Param({"0"})
    private int lingerMicros;

    @Param({"true", "false"})
    private boolean keyed;

    private final ThreadEventLoops loops =
            new ThreadEventLoops("bench", 3, (thread, bug) -> bug.printStackTrace(System.err));
    private final List<List<NewRecord>> calls = new ArrayList<>();
    private RecordProducer producer = new RecordProducer(
            environment(Duration.ZERO, Duration.ZERO),
            new Partitioner(16 * 1024, new SeededRandomness(1)),
            loops.all());

    /** Makes the records and the producer. */
    @Setup
    public void setUp() {
        producer = new RecordProducer(
                environment(Duration.ofNanos(lingerMicros * 1000L), Duration.ofNanos(appendMicros * 1000L)),
                new Partitioner(16 * 1024, new SeededRandomness(1)),
                loops.all().subList(0, 2));
        Random random = new Random(1);
        for (int made = 0; made < RECORDS; made += recordsPerCall) {
            List<NewRecord> call = new ArrayList<>();
            for (int i = 0; i < recordsPerCall && made + i < RECORDS; i++) {
                call.add(record(random));
            }
            calls.add(call);
        }
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
        loops.close();
    }

    /** Sends all records, and waits for the last answer. */
    @Benchmark
    public void produce() throws InterruptedException {
        Semaphore free = new Semaphore(callsUnderWay);
        ProduceOptions options = new ProduceOptions(Acks.ALL, Compression.NONE, Duration.ofSeconds(30));
        for (List<NewRecord> call : calls) {
            free.acquire();
            var _ = producer.produce("events", call, options).thenAccept(outcomes -> {
                if (outcomes.getFirst() instanceof Outcome.Refused<Produced> refused) {
                    throw new IllegalStateException(refused.refusal().message());
                }
                free.release();
            });
        }
        free.acquire(callsUnderWay);
    }

    private NewRecord record(Random random) {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        ByteBuffer key =
                keyed ? ByteBuffer.wrap(("key-" + random.nextInt(10_000)).getBytes(StandardCharsets.US_ASCII)) : null;
        return new NewRecord(key, ByteBuffer.wrap(value), List.of(), OptionalInt.empty(), OptionalLong.empty());
    }

    private ProducerEnvironment environment(Duration linger, Duration appendTime) {
        InMemoryController controller = InMemoryController.withBroker();
        controller
                .createTopic(new CreateTopicRequest("events", PARTITIONS, 1, Map.of(), false))
                .join();
        return new ProducerEnvironment(
                new DiscardingBroker(loops.all().getLast(), appendTime),
                new MetadataView(controller),
                new SystemClock(),
                new ProducerOptions(
                        linger,
                        512 * 1024,
                        128 << 20,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(20)),
                ProduceObserver.NONE);
    }
}
