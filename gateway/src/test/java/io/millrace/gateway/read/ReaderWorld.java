package io.millrace.gateway.read;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.limits.InFlightBytes;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.BatchBuilder;
import io.millrace.core.records.Compression;
import io.millrace.core.records.RecordHeader;
import io.millrace.gateway.routing.BrokerRetry;
import io.millrace.gateway.routing.MetadataView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A reader before a broker in memory; nothing moves unless the test says so. */
final class ReaderWorld {
    static final ReaderOptions OPTIONS = new ReaderOptions(
            1_000, 1 << 20, Duration.ofMinutes(5), 100, 256 * 1024, 1 << 20, 1 << 20, Duration.ofSeconds(5));

    final ManualClock clock = new ManualClock();
    final ManualEventLoop loop = new ManualEventLoop(clock);
    final InMemoryController controller = InMemoryController.withBroker();
    final InMemoryBroker broker = new InMemoryBroker(loop, clock);
    final MetadataView view = new MetadataView(controller);
    final InFlightBytes inFlight = new InFlightBytes(loop, 1 << 20);
    final RecordReader reader = new RecordReader(
            new ReaderEnvironment(
                    broker,
                    view,
                    clock,
                    new BrokerRetry(loop, clock, Duration.ofSeconds(2), Duration.ofMillis(50)),
                    Runnable::run,
                    OPTIONS,
                    ReadObserver.NONE),
            inFlight);

    ReaderWorld() {
        broker.follow(controller);
    }

    void createTopic(String name, int partitions) {
        controller
                .createTopic(new CreateTopicRequest(name, partitions, 1, Map.of(), false))
                .join();
    }

    /** Appends the values as one batch to a partition of orders; the timestamp is the clock's. */
    void append(int partition, String... values) {
        BatchBuilder batch = new BatchBuilder(Compression.NONE, 1 << 20);
        for (String value : values) {
            batch.append(
                    clock.wallMillis(),
                    utf8("key-" + value),
                    utf8(value),
                    List.of(new RecordHeader("parity", utf8(value.length() % 2 == 0 ? "even" : "odd"))));
        }
        append(partition, batch.build());
    }

    void append(int partition, ByteBuffer batch) {
        var appended = broker.append(new AppendRequest(
                List.of(new AppendRequest.Part(
                        new TopicPartition("orders", partition), AppendRequest.ANY_EPOCH, batch)),
                Acks.ALL,
                Duration.ofSeconds(1)));
        loop.runUntilIdle();
        if (appended.join().getFirst() instanceof Outcome.Refused<?> refused) {
            throw new AssertionError(refused.refusal().message());
        }
    }

    Outcome<Cursor> locate(StartPoint start) {
        return run(reader.locateTopics(List.of("orders"), start));
    }

    Cursor earliest() {
        return done(locate(new StartPoint.Earliest()));
    }

    CompletableFuture<Outcome<ReadPage>> begin(Cursor cursor, int maxRecords, Duration wait, RecordFilter filter) {
        var page = reader.read(
                new ReadRequest(cursor, maxRecords, 1 << 20, wait, IsolationLevel.READ_UNCOMMITTED, filter));
        loop.runUntilIdle();
        return page;
    }

    ReadPage read(Cursor cursor, int maxRecords) {
        return done(run(begin(cursor, maxRecords, Duration.ZERO, RecordFilter.ALL)));
    }

    void pass(Duration time) {
        clock.advance(time);
        loop.runUntilIdle();
    }

    /** Lets time pass until the future is there. */
    <T> T run(CompletableFuture<T> future) {
        loop.runUntilIdle();
        for (int i = 0; i < 10_000 && !future.isDone(); i++) {
            pass(Duration.ofMillis(10));
        }
        if (!future.isDone()) {
            throw new AssertionError("No answer in 100 seconds");
        }
        return future.join();
    }

    static Position at(int partition, long offset) {
        return new Position(new TopicPartition("orders", partition), offset, Position.NO_EPOCH);
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T> refused ->
                throw new AssertionError(refused.refusal().message());
        };
    }

    static List<String> valuesOf(ReadPage page) {
        return page.records().stream()
                .map(record -> textOf(Objects.requireNonNull(record.record().value())))
                .toList();
    }

    static String textOf(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
