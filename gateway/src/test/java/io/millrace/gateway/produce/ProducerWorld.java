package io.millrace.gateway.produce;

import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.SeededRandomness;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.LogRecord;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import io.millrace.gateway.routing.MetadataView;
import io.millrace.gateway.routing.Partitioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A producer of two loops before a broker in memory; nothing moves unless the test says so. */
final class ProducerWorld {
    static final ProducerOptions OPTIONS = new ProducerOptions(
            Duration.ZERO,
            64 * 1024,
            1024 * 1024,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(2),
            Duration.ofMillis(50));

    final ManualClock clock = new ManualClock();
    final ManualEventLoop brokerLoop = new ManualEventLoop(clock);
    final List<ManualEventLoop> producerLoops = List.of(new ManualEventLoop(clock), new ManualEventLoop(clock));
    final InMemoryController controller = InMemoryController.withBroker();
    final InMemoryBroker broker = new InMemoryBroker(brokerLoop, clock);
    final MetadataView view = new MetadataView(controller);
    final List<Integer> batches = new ArrayList<>();
    final RecordProducer producer;

    ProducerWorld(ProducerOptions options) {
        broker.follow(controller);
        ProduceObserver observer = new ProduceObserver() {
            @Override
            public void batchAppended(int records, int batchBytes) {
                batches.add(records);
            }
        };
        producer = new RecordProducer(
                new ProducerEnvironment(broker, view, clock, options, observer),
                new Partitioner(16 * 1024, new SeededRandomness(1)),
                List.copyOf(producerLoops));
    }

    void createTopic(String name, int partitions, Map<String, String> configs) {
        controller
                .createTopic(new CreateTopicRequest(name, partitions, 1, configs, false))
                .join();
    }

    CompletableFuture<List<Outcome<Produced>>> send(NewRecord... records) {
        return producer.produce("orders", List.of(records), ProduceOptions.DEFAULT);
    }

    /** Runs the producer's loops until only the broker or time can bring something new. */
    void runProducer() {
        producerLoops.forEach(ManualEventLoop::runUntilIdle);
    }

    void runAll() {
        while (!brokerLoop.isIdle() || !producerLoops.stream().allMatch(ManualEventLoop::isIdle)) {
            runProducer();
            brokerLoop.runUntilIdle();
        }
    }

    void pass(Duration time) {
        clock.advance(time);
        runAll();
    }

    /** What is stored in a partition of orders, batch by batch. */
    List<RecordBatch> batchesOf(int partition) {
        var fetch = broker.fetch(new FetchRequest(
                List.of(new FetchRequest.Part(new TopicPartition("orders", partition), -1, 0, Integer.MAX_VALUE)),
                0,
                Integer.MAX_VALUE,
                Duration.ZERO,
                IsolationLevel.READ_UNCOMMITTED));
        brokerLoop.runUntilIdle();
        Outcome<Fetched> outcome = fetch.join().getFirst();
        List<RecordBatch> found = new ArrayList<>();
        try {
            RecordBatches.in(((Outcome.Done<Fetched>) outcome).value().records().read())
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    List<String> valuesOf(int partition) {
        List<String> values = new ArrayList<>();
        for (RecordBatch batch : batchesOf(partition)) {
            for (LogRecord record : batch.records()) {
                values.add(textOf(record.value()));
            }
        }
        return values;
    }

    static NewRecord to(int partition, String value) {
        return new NewRecord(null, utf8(value), List.of(), OptionalInt.of(partition), OptionalLong.empty());
    }

    static NewRecord keyed(String key, String value) {
        return new NewRecord(utf8(key), utf8(value), List.of(), OptionalInt.empty(), OptionalLong.empty());
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String textOf(@Nullable ByteBuffer bytes) {
        return bytes == null
                ? "null"
                : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
