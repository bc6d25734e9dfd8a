package io.millrace.gateway.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.Compression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many callers, a broker that refuses now and then, and loops that run in any order: one schedule for each seed. */
class ProducerScheduleTest {
    private static final int PARTITIONS = 3;
    private static final int CALLERS = 4;
    private static final int STEPS = 600;

    /** So small that calls wait for room, and batches are cut. */
    private static final ProducerOptions TIGHT = new ProducerOptions(
            Duration.ZERO,
            400,
            3_000,
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(2),
            Duration.ofMillis(50));

    private final Map<String, Outcome<Produced>> outcomes = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<List<Outcome<Produced>>>> answers = new LinkedHashMap<>();
    private final Map<String, List<String>> valuesOfCall = new LinkedHashMap<>();

    static List<Long> seeds() {
        return new Random(20261122).longs(150).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsAcknowledgedIsStoredOnceAndInTheOrderOfItsCaller(long seed) {
        ProducerWorld world = runSchedule(new Random(seed));
        collectOutcomes();

        List<String> stored = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<String> values = world.valuesOf(partition);
            stored.addAll(values);
            assertCallersAreInOrder(values);
            assertOffsetsAreThose(partition, values);
        }
        assertThat(stored).doesNotHaveDuplicates();
        outcomes.forEach((value, outcome) -> {
            if (outcome instanceof Outcome.Done) {
                assertThat(stored).contains(value);
            } else if (((Outcome.Refused<Produced>) outcome).refusal() instanceof Refusal.Overloaded) {
                assertThat(stored).doesNotContain(value);
            }
        });
        assertThat(world.producer.inFlightBytes()).isZero();
    }

    private ProducerWorld runSchedule(Random random) {
        ProducerWorld world = new ProducerWorld(TIGHT);
        world.createTopic("orders", PARTITIONS, Map.of());
        List<ManualEventLoop> loops = new ArrayList<>(world.producerLoops);
        loops.add(world.brokerLoop);
        int[] sent = new int[CALLERS];
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(8)) {
                case 0 -> call(world, random, sent);
                case 1 ->
                    world.broker.refuseAppends(
                            random.nextInt(3) == 0 ? new Refusal.NotLeader(new TopicPartition("orders", 0)) : null);
                case 2 -> world.clock.advance(Duration.ofMillis(random.nextInt(100)));
                default -> loops.get(random.nextInt(loops.size())).runNext();
            }
        }
        world.broker.refuseAppends(null);
        for (int i = 0; i < 100; i++) {
            world.pass(Duration.ofMillis(100));
        }
        return world;
    }

    private void call(ProducerWorld world, Random random, int[] sent) {
        int caller = random.nextInt(CALLERS);
        Acks acks = random.nextBoolean() ? Acks.ALL : Acks.LEADER;
        List<NewRecord> records = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            values.add("c" + caller + "-" + sent[caller]++);
            records.add(ProducerWorld.to(random.nextInt(PARTITIONS), values.getLast()));
        }
        valuesOfCall.put(values.getFirst(), values);
        answers.put(
                values.getFirst(),
                world.producer.produce(
                        "orders", records, new ProduceOptions(acks, Compression.NONE, Duration.ofSeconds(60))));
    }

    private void collectOutcomes() {
        answers.forEach((first, answer) -> {
            assertThat(answer).isCompleted();
            List<String> values = Objects.requireNonNull(valuesOfCall.get(first));
            for (int i = 0; i < values.size(); i++) {
                outcomes.put(values.get(i), answer.join().get(i));
            }
        });
    }

    private static void assertCallersAreInOrder(List<String> values) {
        int[] last = new int[CALLERS];
        for (String value : values) {
            int caller = value.charAt(1) - '0';
            int number = Integer.parseInt(value.substring(3)) + 1;
            assertThat(number).isGreaterThan(last[caller]);
            last[caller] = number;
        }
    }

    private void assertOffsetsAreThose(int partition, List<String> values) {
        for (int offset = 0; offset < values.size(); offset++) {
            if (outcomes.get(values.get(offset)) instanceof Outcome.Done<Produced>(Produced produced)) {
                assertThat(produced.partition()).isEqualTo(partition);
                assertThat(produced.offset()).isEqualTo(offset);
            }
        }
    }
}
