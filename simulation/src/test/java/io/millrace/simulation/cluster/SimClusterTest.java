package io.millrace.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.simulation.schedule.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SimClusterTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Scheduler scheduler = new Scheduler(1);
    private final SimCluster cluster = new SimCluster(scheduler, ClusterOptions.DEFAULTS);
    private final SimClient client = cluster.client("client");

    @Test
    void a_cluster_starts_and_takes_what_is_written() {
        cluster.start();
        untilAllServe();
        createOrders();

        Outcome<Appended> appended = append("first");

        assertThat(appended).isInstanceOf(Outcome.Done.class);
        assertThat(read()).containsExactly("first");
    }

    @Test
    void what_was_acknowledged_is_there_after_every_machine_was_without_power() {
        cluster.start();
        untilAllServe();
        createOrders();
        append("first");
        append("second");

        cluster.brokers().forEach(broker -> broker.losePower(PowerLoss.LOSES_ALL));
        scheduler.runFor(Duration.ofSeconds(1));
        cluster.brokers().forEach(SimNode::start);
        untilAllServe();

        assertThat(read()).containsExactly("first", "second");
    }

    @Test
    void another_controller_decides_when_the_first_is_killed() {
        cluster.start();
        untilAllServe();
        SimController first = deciding();

        first.kill();
        boolean taken = scheduler.runUntil(
                () -> cluster.controllers().stream().anyMatch(SimController::leads), Duration.ofSeconds(30));

        assertThat(taken).isTrue();
        assertThat(deciding()).isNotSameAs(first);
        createOrders();
    }

    private SimController deciding() {
        return cluster.controllers().stream()
                .filter(SimController::leads)
                .findFirst()
                .orElseThrow();
    }

    private void createOrders() {
        Outcome<?> created = await(client.ask(
                gateway(),
                "create-topic",
                100,
                front -> front.controller().createTopic(new CreateTopicRequest("orders", 1, 1, Map.of(), false)),
                PATIENCE));
        assertThat(created).isInstanceOf(Outcome.Done.class);
        boolean seen = scheduler.runUntil(
                () -> front().view().image().partition(ORDERS).isPresent(), Duration.ofSeconds(10));
        assertThat(seen).isTrue();
    }

    private Outcome<Appended> append(String value) {
        ByteBuffer batch = SmallBatches.of(client.clock().wallMillis(), value);
        return await(client.brokers(gateway())
                        .append(new AppendRequest(
                                List.of(new AppendRequest.Part(ORDERS, AppendRequest.ANY_EPOCH, batch)),
                                Acks.ALL,
                                Duration.ofSeconds(5))))
                .getFirst();
    }

    private List<String> read() {
        FetchRequest request = new FetchRequest(
                List.of(new FetchRequest.Part(ORDERS, AppendRequest.ANY_EPOCH, 0, 1 << 20)),
                1,
                1 << 20,
                Duration.ofSeconds(1),
                IsolationLevel.READ_UNCOMMITTED);
        for (int attempt = 0; attempt < 20; attempt++) {
            Outcome<Fetched> fetched =
                    await(client.brokers(gateway()).fetch(request)).getFirst();
            if (fetched instanceof Outcome.Done<Fetched>(Fetched found)) {
                return valuesOf(found);
            }
            scheduler.runFor(Duration.ofSeconds(1));
        }
        throw new AssertionError("Nothing could be read");
    }

    private static List<String> valuesOf(Fetched fetched) {
        try {
            return SmallBatches.valuesIn(fetched.records().read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T await(CompletableFuture<T> future) {
        scheduler.runUntil(future::isDone, Duration.ofSeconds(30));
        assertThat(scheduler.failure()).isNull();
        return future.resultNow();
    }

    private void untilAllServe() {
        boolean done = scheduler.runUntil(
                () -> front().view().image().brokers().size() == 3
                        && front().view().image().brokers().values().stream().noneMatch(broker -> broker.fenced()),
                Duration.ofSeconds(60));
        assertThat(scheduler.failure()).isNull();
        assertThat(done).as("all serve").isTrue();
    }

    private SimGateway gateway() {
        return cluster.gateways().getFirst();
    }

    private Front front() {
        return Objects.requireNonNull(gateway().front());
    }
}
