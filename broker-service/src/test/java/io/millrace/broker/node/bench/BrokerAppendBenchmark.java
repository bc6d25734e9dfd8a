package io.millrace.broker.node.bench;

import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.node.BrokerEnvironment;
import io.millrace.broker.node.BrokerNode;
import io.millrace.broker.node.BrokerObserver;
import io.millrace.broker.node.BrokerOptions;
import io.millrace.broker.node.LeadingOptions;
import io.millrace.broker.scrub.ScrubOptions;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.live.FileDisk;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Producers that append one batch at a time and wait for its acknowledgement; the option {@code -t} says how many. Each
 * producer has a partition of its own, of eight. Data lies under the working directory.
 */
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 4)
public class BrokerAppendBenchmark {
    private static final int PARTITIONS = 8;

    /** A broker on real threads and files. */
    @State(Scope.Benchmark)
    public static class Broker {
        @Param({"fsync", "page-cache"})
        public String durability = "";

        @Param({"1024", "65536"})
        public int batchBytes;

        private final AtomicInteger producers = new AtomicInteger();
        private final AtomicLong syncs = new AtomicLong();
        private final ThreadEventLoops loops =
                new ThreadEventLoops("loop", 4, (thread, bug) -> bug.printStackTrace(System.err));
        private final ExecutorService syncers = Executors.newFixedThreadPool(8);
        private final Path directory =
                Path.of("target", "broker-append-benchmark").toAbsolutePath();
        private final InMemoryController controller = new InMemoryController();
        private final BrokerNode node = new BrokerNode(
                new BrokerOptions(
                        0,
                        null,
                        List.of(directory),
                        1L << 30,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(12),
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        LeadingOptions.DEFAULT,
                        ScrubOptions.DEFAULTS,
                        ProducerLimits.DEFAULTS),
                new BrokerEnvironment(
                        new SystemClock(),
                        new SecureRandomness(),
                        new FileDisk(),
                        loops.all().get(0),
                        loops.all().get(1),
                        loops.all().subList(2, 4),
                        syncers,
                        syncers,
                        ReplicaPeers.NONE),
                controller,
                new BrokerObserver() {
                    @Override
                    public void synced(Duration took) {
                        syncs.incrementAndGet();
                    }
                });

        @Setup
        public void start() throws IOException {
            delete();
            node.start(List.of()).join();
            Map<String, String> configs =
                    Map.of("durability", durability, "segment.bytes", "268435456", "retention.bytes", "1073741824");
            controller
                    .createTopic(new CreateTopicRequest("bench", PARTITIONS, 1, configs, false))
                    .join();
            node.logDirectories().join();
        }

        @TearDown(Level.Iteration)
        public void report() {
            System.out.printf("%d fsyncs; ", syncs.getAndSet(0));
        }

        @TearDown
        public void stop() throws IOException {
            node.stop(Duration.ofSeconds(1)).join();
            loops.close();
            syncers.shutdown();
            delete();
        }

        private void delete() throws IOException {
            if (Files.exists(directory)) {
                try (Stream<Path> paths = Files.walk(directory)) {
                    for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    /** A producer with its batch, which it sends again and again. */
    @State(Scope.Thread)
    public static class Producer {
        private ByteBuffer batch = ByteBuffer.allocate(0);
        private TopicPartition partition = new TopicPartition("bench", 0);

        @Setup
        public void prepare(Broker broker) {
            batch = SmallBatches.of(System.currentTimeMillis(), "x".repeat(broker.batchBytes));
            partition = new TopicPartition("bench", broker.producers.getAndIncrement() % PARTITIONS);
        }
    }

    /** One batch, acknowledged. */
    @Benchmark
    public Appended append(Broker broker, Producer producer) {
        AppendRequest.Part part = new AppendRequest.Part(producer.partition, AppendRequest.ANY_EPOCH, producer.batch);
        Outcome<Appended> outcome = broker.node
                .append(new AppendRequest(List.of(part), Acks.ALL, Duration.ofSeconds(30)))
                .join()
                .getFirst();
        return switch (outcome) {
            case Outcome.Done<Appended>(Appended appended) -> appended;
            case Outcome.Refused<Appended> refused ->
                throw new IllegalStateException(refused.refusal().message());
        };
    }
}
