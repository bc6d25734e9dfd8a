package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Power is cut at every point of a run with concurrent appends; what was acknowledged is there afterwards. */
class BrokerCrashTest {
    private static final int PARTITIONS = 3;
    private static final int APPENDS = 24;

    @ParameterizedTest
    @EnumSource(PowerLoss.class)
    void whatWasAcknowledgedOutlivesALossOfPowerAtAnyPoint(PowerLoss loss) throws IOException {
        long operations = run(1, Long.MAX_VALUE, loss);
        for (long cut = 1; cut <= operations; cut++) {
            run(cut, cut, loss);
        }
    }

    /** Runs until the power is cut after so many disk operations, restarts, checks; returns the operations of the run. */
    private static long run(long seed, long cutAfter, PowerLoss loss) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(seed);
        InMemoryController controller = new InMemoryController();
        Map<String, Appended> acknowledged = new TreeMap<>();
        appendUntilTheEnd(seed, disk, controller, cutAfter, acknowledged);
        long operations = disk.operations();
        disk.restart(loss);

        SimulatedBroker restarted = new SimulatedBroker(seed, disk, controller, Path.of("/data"));
        assertThat(restarted.start()).isInstanceOf(Outcome.Done.class);
        restarted.settle();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<String> values = read(restarted, partition);
            String prefix = partition + "/";
            acknowledged.forEach((value, where) -> {
                if (value.startsWith(prefix)) {
                    assertThat(values)
                            .as("seed %s, power cut after operation %s, %s", seed, cutAfter, loss)
                            .hasSizeGreaterThan((int) where.baseOffset())
                            .element((int) where.baseOffset())
                            .isEqualTo(value);
                }
            });
        }
        return operations;
    }

    private static void appendUntilTheEnd(
            long seed,
            SimulatedDisk disk,
            InMemoryController controller,
            long cutAfter,
            Map<String, Appended> acknowledged) {
        disk.cutPowerAfter(cutAfter);
        SimulatedBroker broker = new SimulatedBroker(seed, disk, controller, Path.of("/data"));
        var started = broker.node().start(SimulatedBroker.ENDPOINTS);
        broker.settle();
        broker.pass(Duration.ofSeconds(1));
        if (!started.isDone() || started.isCompletedExceptionally()) {
            return;
        }
        SimulatedBroker.createTopic(controller, "orders", PARTITIONS, Map.of());
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < APPENDS; i++) {
            String value = i % PARTITIONS + "/" + i;
            answers.add(append(broker, i % PARTITIONS, value).thenAccept(outcomes -> {
                if (outcomes.getFirst() instanceof Outcome.Done<Appended>(Appended where)) {
                    acknowledged.put(value, where);
                }
            }));
            for (int steps = 0; steps < 7; steps++) {
                broker.step();
            }
        }
        broker.settle();
        broker.pass(Duration.ofSeconds(31));
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    private static CompletableFuture<List<Outcome<Appended>>> append(
            SimulatedBroker broker, int partition, String value) {
        AppendRequest.Part part = new AppendRequest.Part(
                new TopicPartition("orders", partition), AppendRequest.ANY_EPOCH, SmallBatches.of(1_000, value));
        return broker.node().append(new AppendRequest(List.of(part), Acks.ALL, Duration.ofSeconds(30)));
    }

    private static List<String> read(SimulatedBroker broker, int partition) throws IOException {
        FetchRequest.Part part = new FetchRequest.Part(
                new TopicPartition("orders", partition), AppendRequest.ANY_EPOCH, 0, Integer.MAX_VALUE);
        List<Outcome<Fetched>> outcomes = broker.await(broker.node()
                .fetch(new FetchRequest(
                        List.of(part), 0, Integer.MAX_VALUE, Duration.ZERO, IsolationLevel.READ_UNCOMMITTED)));
        return outcomes.getFirst() instanceof Outcome.Done<Fetched>(Fetched fetched)
                ? SmallBatches.valuesIn(fetched.records().read())
                : List.of();
    }
}
