package io.millrace.gateway.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Outcome;
import io.millrace.core.limits.InFlightBytes;
import io.millrace.core.model.IsolationLevel;
import io.millrace.gateway.read.Cursor;
import io.millrace.gateway.read.ReadObserver;
import io.millrace.gateway.read.ReadPage;
import io.millrace.gateway.read.ReadRecord;
import io.millrace.gateway.read.ReadRequest;
import io.millrace.gateway.read.ReaderEnvironment;
import io.millrace.gateway.read.ReaderOptions;
import io.millrace.gateway.read.RecordFilter;
import io.millrace.gateway.read.RecordReader;
import io.millrace.gateway.read.StartPoint;
import io.millrace.gateway.routing.BrokerRetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real events, keyed by the network that measured them, through the producer and back through the reader. */
class EarthquakesTest {
    private static final Path EVENTS = Path.of("..", "examples", "earthquakes.ndjson");
    private static final Pattern NETWORK = Pattern.compile("\"net\":\"([a-z]+)\"");
    private static final int RECORDS_PER_CALL = 13;

    private final ProducerWorld world = new ProducerWorld(ProducerWorld.OPTIONS);
    private final Map<String, List<String>> sentByKey = new LinkedHashMap<>();
    private final List<ReadRecord> read = new ArrayList<>();

    @BeforeEach
    void sendAllAndReadAll() throws IOException {
        world.createTopic("earthquakes", 5, Map.of());
        List<CompletableFuture<List<Outcome<Produced>>>> answers = new ArrayList<>();
        List<NewRecord> call = new ArrayList<>();
        for (String event : Files.readAllLines(EVENTS)) {
            String key = networkOf(event);
            sentByKey.computeIfAbsent(key, k -> new ArrayList<>()).add(event);
            call.add(ProducerWorld.keyed(key, event));
            if (call.size() == RECORDS_PER_CALL) {
                answers.add(send(call));
                call.clear();
            }
        }
        answers.add(send(call));
        world.runAll();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join())
                        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Done.class)));
        readAll();
    }

    @Test
    void everyValueComesBackByteForByteInTheOrderOfItsKey() {
        Map<String, List<String>> readByKey = new LinkedHashMap<>();
        for (ReadRecord record : read) {
            readByKey
                    .computeIfAbsent(ProducerWorld.textOf(record.record().key()), k -> new ArrayList<>())
                    .add(ProducerWorld.textOf(record.record().value()));
        }

        assertThat(readByKey).isEqualTo(sentByKey);
    }

    @Test
    void everyKeyIsOnOnePartition() {
        Map<String, Set<Integer>> partitionsByKey = new LinkedHashMap<>();
        for (ReadRecord record : read) {
            partitionsByKey
                    .computeIfAbsent(ProducerWorld.textOf(record.record().key()), k -> new HashSet<>())
                    .add(record.partition().partition());
        }

        assertThat(partitionsByKey.values())
                .hasSizeGreaterThan(5)
                .allSatisfy(partitions -> assertThat(partitions).hasSize(1));
    }

    private CompletableFuture<List<Outcome<Produced>>> send(List<NewRecord> call) {
        var answer = world.producer.produce("earthquakes", List.copyOf(call), ProduceOptions.DEFAULT);
        world.producerLoops.forEach(loop -> loop.runNext());
        return answer;
    }

    private void readAll() {
        RecordReader reader = new RecordReader(
                new ReaderEnvironment(
                        world.broker,
                        world.view,
                        world.clock,
                        new BrokerRetry(world.brokerLoop, world.clock, Duration.ZERO, Duration.ofMillis(1)),
                        Runnable::run,
                        new ReaderOptions(
                                500,
                                1 << 20,
                                Duration.ofMinutes(1),
                                10,
                                1 << 20,
                                1 << 22,
                                1 << 20,
                                Duration.ofSeconds(1)),
                        ReadObserver.NONE),
                new InFlightBytes(world.brokerLoop, 1 << 22));
        Cursor cursor = answerOf(reader.locateTopics(List.of("earthquakes"), new StartPoint.Earliest()));
        ReadPage page;
        do {
            page = answerOf(reader.read(new ReadRequest(
                    cursor, 500, 1 << 20, Duration.ZERO, IsolationLevel.READ_UNCOMMITTED, RecordFilter.ALL)));
            read.addAll(page.records());
            cursor = page.next();
        } while (!page.atEnd());
    }

    private <T> T answerOf(CompletableFuture<Outcome<T>> future) {
        world.runAll();
        if (future.join() instanceof Outcome.Done<T>(T value)) {
            return value;
        }
        throw new AssertionError(future.join().toString());
    }

    private static String networkOf(String event) {
        Matcher network = NETWORK.matcher(event);
        if (!network.find()) {
            throw new AssertionError("No network in " + event);
        }
        return network.group(1);
    }
}
