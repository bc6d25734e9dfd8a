package io.millrace.broker.node;

import io.millrace.broker.log.ReplicaMark;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.StorageObserver;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaSession;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.SeededRandomness;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Two brokers with a disk each, connected directly; every step is taken in an order that a seed decides. */
final class TwoBrokers {
    static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    static final Duration RETENTION_INTERVAL = Duration.ofSeconds(20);
    private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(20);

    private final ManualClock clock = new ManualClock();
    private final StagedCluster controller;
    private final SeededRandomness chance;
    private final List<ManualEventLoop> loops = new ArrayList<>();
    private final List<BrokerNode> nodes = new ArrayList<>();
    private final List<SimulatedDisk> disks = new ArrayList<>();
    private final List<Open> sessions = new ArrayList<>();
    private boolean connected = true;

    TwoBrokers(long seed, StagedCluster controller) {
        this.controller = controller;
        chance = new SeededRandomness(seed);
        for (int id = 0; id < 2; id++) {
            SimulatedDisk disk = new SimulatedDisk(seed + id);
            disks.add(disk);
            nodes.add(node(id, disk));
        }
    }

    private record Open(ReplicaSession session, ReplicaListener listener) {}

    private BrokerNode node(int id, SimulatedDisk disk) {
        BrokerOptions options = SimulatedBroker.options(SimulatedBroker.DATA);
        return new BrokerNode(
                new BrokerOptions(
                        id,
                        options.rack(),
                        options.logDirectories(),
                        options.appendBytesInFlightMax(),
                        options.heartbeatInterval(),
                        options.predecessorTimeout(),
                        RETENTION_INTERVAL,
                        options.deletionGrace(),
                        options.replicaCheckpointInterval(),
                        options.leading(),
                        options.scrub(),
                        options.producers()),
                new BrokerEnvironment(
                        clock,
                        new SeededRandomness(100 + id),
                        disk,
                        loop(),
                        loop(),
                        List.of(loop(), loop()),
                        workers(List.of(loop(), loop())),
                        workers(List.of(loop(), loop())),
                        this::to),
                controller,
                BrokerObserver.NONE);
    }

    private ReplicaApi to(BrokerImage broker) {
        return (hello, listener) -> open(broker, hello, listener);
    }

    private ReplicaSession open(BrokerImage broker, ReplicaHello hello, ReplicaListener listener) {
        if (!connected) {
            listener.onClosed(new Refusal.UnknownBroker(broker.brokerId()));
            return ReplicaSession.OVER;
        }
        ReplicaSession session = nodes.get(broker.brokerId()).open(hello, listener);
        sessions.add(new Open(session, listener));
        return session;
    }

    private ManualEventLoop loop() {
        loops.add(new ManualEventLoop(clock));
        return loops.getLast();
    }

    private Executor workers(List<ManualEventLoop> workers) {
        return task -> workers.get(chance.nextInt(workers.size())).post(task);
    }

    BrokerNode node(int id) {
        return nodes.get(id);
    }

    SimulatedDisk disk(int id) {
        return disks.get(id);
    }

    /** A new process on the same disk, which is not started yet. */
    void replace(int id) {
        nodes.set(id, node(id, disk(id)));
    }

    /** What the disk says of the replica: what was written down of it last. */
    Optional<ReplicaMark> writtenDown(int id, TopicId topicId) {
        ManualEventLoop unused = new ManualEventLoop(clock);
        return new LogDirectory(
                        SimulatedBroker.DATA, disk(id), clock, unused, unused::post, StorageObserver.NONE, failed -> {})
                .replicas()
                .lastKnown(topicId, ORDERS.partition());
    }

    static AppendRequest request(Acks acks, String... values) {
        return new AppendRequest(
                List.of(new AppendRequest.Part(ORDERS, AppendRequest.ANY_EPOCH, SmallBatches.of(1_000, values))),
                acks,
                APPEND_TIMEOUT);
    }

    Outcome<Appended> append(int id, Acks acks, String... values) {
        return await(node(id).append(request(acks, values))).getFirst();
    }

    /** Breaks every session; none comes about until {@link #connect}. */
    void cut() {
        connected = false;
        sessions.forEach(open -> {
            open.session.close();
            open.listener.onClosed(new Refusal.TimedOut("The connection broke."));
        });
        sessions.clear();
    }

    void connect() {
        connected = true;
    }

    static Path log(int segment) {
        return SimulatedBroker.DATA.resolve("orders-0").resolve("%020d.log".formatted(segment));
    }

    void settle() {
        while (step()) {}
    }

    /** Does one thing that there is to do; false when there is nothing. */
    boolean step() {
        List<ManualEventLoop> busy =
                loops.stream().filter(loop -> !loop.isIdle()).toList();
        return !busy.isEmpty() && busy.get(chance.nextInt(busy.size())).runNext();
    }

    void pass(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 10) {
            clock.advance(Duration.ofMillis(10));
            settle();
        }
    }

    <T> T await(CompletableFuture<T> future) {
        settle();
        for (int i = 0; i < 3000 && !future.isDone(); i++) {
            pass(Duration.ofMillis(10));
        }
        return future.resultNow();
    }
}
