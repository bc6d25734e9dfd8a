package io.millrace.simulation.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.log.segment.LogDamage;
import io.millrace.broker.node.BrokerObserver;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicConfigs;
import io.millrace.core.model.Acks;
import io.millrace.core.model.IsolationLevel;
import io.millrace.core.model.TopicPartition;
import io.millrace.simulation.cluster.ClusterOptions;
import io.millrace.simulation.cluster.Front;
import io.millrace.simulation.cluster.SimBroker;
import io.millrace.simulation.cluster.SimClient;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.schedule.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A cluster with one topic of one partition that is written and read, and whose disks can be damaged. */
final class DamagedCluster {
    static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private static final Path LOG = SimBroker.DATA.resolve(ORDERS.toString());
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Scheduler scheduler;
    private final SimCluster cluster;
    private final SimClient client;
    private final List<String> written = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    DamagedCluster(long seed, int replicas) {
        scheduler = new Scheduler(seed);
        cluster = new SimCluster(scheduler, ClusterOptions.DEFAULTS.with(this::observer));
        client = cluster.client("client");
        cluster.start();
        until(
                "all serve",
                () -> front().view().image().brokers().size() == 3
                        && front().view().image().brokers().values().stream().noneMatch(broker -> broker.fenced()));
        create(replicas);
    }

    private BrokerObserver observer(int brokerId) {
        return new BrokerObserver() {
            @Override
            public void damaged(TopicPartition partition, LogDamage damage) {
                told.add("damaged at " + brokerId);
            }

            @Override
            public void repaired(TopicPartition partition, long offset, long endOffset) {
                told.add("repaired at " + brokerId);
            }

            @Override
            public void keptAside(TopicPartition partition, long offset, long oldEndOffset, long bytes) {
                told.add("kept aside at " + brokerId);
            }
        };
    }

    private void create(int replicas) {
        Map<String, String> configs = Map.of(
                TopicConfigs.SEGMENT_INDEX_BYTES, "48",
                TopicConfigs.INDEX_INTERVAL_BYTES, "200",
                TopicConfigs.MIN_INSYNC_REPLICAS, Integer.toString(Math.min(2, replicas)));
        Outcome<?> created = await(client.ask(
                cluster.gateways().getFirst(),
                "create-topic",
                100,
                front -> front.controller().createTopic(new CreateTopicRequest("orders", 1, replicas, configs, false)),
                PATIENCE));
        assertThat(created).isInstanceOf(Outcome.Done.class);
        until(
                "the topic is there",
                () -> front().view().image().partition(ORDERS).isPresent());
    }

    /** What brokers have told of damage so far. */
    List<String> told() {
        return told;
    }

    PartitionImage picture() {
        return front().view().image().partition(ORDERS).orElseThrow();
    }

    int leader() {
        return picture().leader();
    }

    /** A replica that does not lead. */
    int follower() {
        return picture().replicas().stream()
                .filter(id -> id != leader())
                .findFirst()
                .orElseThrow();
    }

    SimBroker broker(int id) {
        return cluster.brokers().get(id);
    }

    void pass(Duration time) {
        scheduler.runFor(time);
        assertThat(scheduler.failure()).isNull();
    }

    void until(String what, BooleanSupplier condition) {
        boolean done = scheduler.runUntil(condition, Duration.ofMinutes(2));
        assertThat(scheduler.failure()).isNull();
        assertThat(done).as(what).isTrue();
    }

    private void retry(String what, BooleanSupplier attempt) {
        for (int i = 0; i < 100; i++) {
            if (attempt.getAsBoolean()) {
                return;
            }
            pass(Duration.ofMillis(300));
        }
        throw new AssertionError("Not after 100 attempts: " + what);
    }

    boolean isInFullSync() {
        return picture().inSyncReplicas().size() == picture().replicas().size();
    }

    /** Writes so many values, each of which must be acknowledged by all. */
    void write(int count) {
        for (int i = 0; i < count; i++) {
            String value = "value " + written.size();
            retry(value + " is taken", () -> append(value) instanceof Outcome.Done);
            written.add(value);
        }
    }

    Outcome<Appended> append(String value) {
        ByteBuffer batch = SmallBatches.of(client.clock().wallMillis(), value);
        AppendRequest.Part part = new AppendRequest.Part(ORDERS, AppendRequest.ANY_EPOCH, batch);
        return await(client.brokers(cluster.gateways().getFirst())
                        .append(new AppendRequest(List.of(part), Acks.ALL, Duration.ofSeconds(5))))
                .getFirst();
    }

    List<String> written() {
        return written;
    }

    /** The values of one fetch from the offset on. */
    Outcome<List<String>> read(long offset) {
        FetchRequest request = new FetchRequest(
                List.of(new FetchRequest.Part(ORDERS, AppendRequest.ANY_EPOCH, offset, 1 << 20)),
                1,
                1 << 20,
                Duration.ofSeconds(1),
                IsolationLevel.READ_UNCOMMITTED);
        return await(client.brokers(cluster.gateways().getFirst()).fetch(request))
                .getFirst()
                .map(DamagedCluster::valuesOf);
    }

    /** Everything, read until all of it has come, whatever is refused in between. */
    List<String> readAll() {
        List<String> values = new ArrayList<>();
        retry("everything is read", () -> {
            if (read(values.size()) instanceof Outcome.Done<List<String>>(List<String> more)) {
                values.addAll(more);
            }
            return values.size() >= written.size();
        });
        return values;
    }

    private static List<String> valuesOf(Fetched fetched) {
        try {
            return SmallBatches.valuesIn(fetched.records().read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the segments of a replica, oldest first. */
    List<String> segments(int brokerId) {
        return broker(brokerId).disk().peekNames(LOG).stream()
                .filter(name -> name.endsWith(".log"))
                .sorted()
                .toList();
    }

    /** Flips a bit in the value of the first batch of a segment of a replica. */
    void flipBit(int brokerId, String segment) {
        flipBit(brokerId, segment, 68);
    }

    void flipBit(int brokerId, String segment, int position) {
        try {
            broker(brokerId).disk().flipBit(LOG.resolve(segment), position, 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All bytes of a replica's segments. */
    ByteBuffer bytes(int brokerId) {
        SimulatedDisk disk = broker(brokerId).disk();
        ByteBuffer all = ByteBuffer.allocate(1 << 20);
        segments(brokerId).forEach(name -> all.put(disk.peek(LOG.resolve(name)).orElseThrow()));
        return all.flip();
    }

    /** Names of files that hold what was damaged. */
    List<String> keptAside(int brokerId) {
        return broker(brokerId).disk().peekNames(LOG).stream()
                .filter(name -> name.endsWith(".damaged"))
                .toList();
    }

    private <T> T await(CompletableFuture<T> future) {
        boolean done = scheduler.runUntil(future::isDone, Duration.ofSeconds(30));
        assertThat(scheduler.failure()).isNull();
        assertThat(done).as("there is an answer").isTrue();
        return future.resultNow();
    }

    private Front front() {
        return Objects.requireNonNull(cluster.gateways().getFirst().front());
    }
}
