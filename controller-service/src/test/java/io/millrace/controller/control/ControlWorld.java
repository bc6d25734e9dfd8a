package io.millrace.controller.control;

import io.millrace.controller.node.ControllerNode;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerLease;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.SeededRandomness;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.LogObserver;
import io.millrace.core.statemachine.ReplicatedLog;
import io.millrace.core.statemachine.simulated.MemoryLogStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Controllers on a log in memory, with time and tasks in the test's hand. */
final class ControlWorld {
    final ManualClock clock = new ManualClock();
    final ManualEventLoop loop = new ManualEventLoop(clock);
    final ManualEventLoop logLoop = new ManualEventLoop(clock);
    final MemoryLogStore<MetadataKey, MetadataRecord> store;
    private long incarnations;
    private int controllers;
    private ReplicatedLog<MetadataKey, MetadataRecord> log;
    private ControllerNode node;

    ControlWorld() {
        this(10);
    }

    ControlWorld(int changesPerWriteMax) {
        store = new MemoryLogStore<>("cluster", logLoop, changesPerWriteMax);
        log = store.member(LogObserver.NONE);
        node = startController(log);
    }

    ControllerNode node() {
        return node;
    }

    ClusterImage image() {
        return node.image();
    }

    /** The controller dies where it stands, and another process takes over. */
    void killController() {
        loop.dropAll();
        node.close();
        loop.dropAll();
        log = store.member(LogObserver.NONE);
        node = startController(log);
    }

    /** The controller loses its log, and hears of nothing. */
    void cutOffController() {
        store.cutOff(log);
        settle();
    }

    /** The controller has its log back. */
    void reconnectController() {
        store.reconnect(log);
        settle();
    }

    /** Another controller, which leads when the first one does not. */
    ControllerNode joinController() {
        return startController(store.member(LogObserver.NONE));
    }

    void settle() {
        while (!loop.isIdle() || !logLoop.isIdle()) {
            loop.runUntilIdle();
            logLoop.runUntilIdle();
        }
    }

    /** Lets time go on second by second, as it does when nothing pauses. */
    void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            settle();
        }
    }

    /** A broker that has registered and leads what it can. */
    BrokerRegistered startBroker(int id) {
        BrokerRegistered registered = done(register(id));
        done(heartbeat(id, registered));
        return registered;
    }

    Outcome<BrokerRegistered> register(int id) {
        return await(
                node.registerBroker(new BrokerRegistration(id, null, new UUID(id, ++incarnations), null, List.of())));
    }

    /** The same, of a broker that lists its log directories. */
    Outcome<BrokerRegistered> register(int id, List<UUID> directories) {
        return await(node.registerBroker(
                new BrokerRegistration(id, null, new UUID(id, ++incarnations), null, List.of(), directories)));
    }

    Outcome<BrokerLease> heartbeat(int id, BrokerRegistered broker) {
        return await(node.heartbeat(new BrokerHeartbeat(id, broker.brokerEpoch(), image().version(), false)));
    }

    /** The broker asks to be fenced, and is. */
    void stopBroker(int id, BrokerRegistered broker) {
        done(await(node.heartbeat(new BrokerHeartbeat(id, broker.brokerEpoch(), image().version(), true))));
    }

    TopicImage createTopic(String name, int partitions, int replicationFactor) {
        return done(
                await(node.createTopic(new CreateTopicRequest(name, partitions, replicationFactor, Map.of(), false))));
    }

    PartitionImage partition(String topic, int partition) {
        return image().topic(topic).orElseThrow().partitions().get(partition);
    }

    <T> Outcome<T> await(CompletableFuture<Outcome<T>> answer) {
        settle();
        return answer.getNow(Outcome.refused(new Refusal.TimedOut("No answer although nothing is left to do.")));
    }

    static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal.message());
        };
    }

    private ControllerNode startController(ReplicatedLog<MetadataKey, MetadataRecord> member) {
        ControllerNode started = new ControllerNode(
                new ControllerNode.Doors(loop, loop::post, clock, new SeededRandomness(++incarnations)),
                member,
                ControlOptions.DEFAULTS);
        started.start(new LogMember("controller-" + ++controllers, "localhost", 19_092 + controllers));
        settle();
        return started;
    }
}
