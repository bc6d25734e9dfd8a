package io.millrace.broker.node;

import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.scrub.ScrubOptions;
import io.millrace.core.api.BrokerRegistered;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.SeededRandomness;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.model.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A broker whose every step the test takes: its loops and workers run in an order that a seed decides. */
final class SimulatedBroker {
    static final Path DATA = Path.of("/data");
    static final Path MORE_DATA = Path.of("/more-data");

    static final List<Endpoint> ENDPOINTS = List.of(new Endpoint("internal", "localhost", 0));

    private final ManualClock clock = new ManualClock();
    private final List<ManualEventLoop> loops = new ArrayList<>();
    private final List<ManualEventLoop> syncers = List.of(loop(), loop(), loop());
    private final SeededRandomness chance;
    private final BrokerNode node;

    SimulatedBroker(long seed, SimulatedDisk disk, ControllerApi controller, Path... directories) {
        this(seed, disk, controller, BrokerObserver.NONE, directories);
    }

    SimulatedBroker(
            long seed, SimulatedDisk disk, ControllerApi controller, BrokerObserver observer, Path... directories) {
        chance = new SeededRandomness(seed);
        BrokerEnvironment environment = new BrokerEnvironment(
                clock,
                new SeededRandomness(seed + 1),
                disk,
                loop(),
                loop(),
                List.of(loop(), loop()),
                workers(syncers),
                workers(List.of(loop(), loop())),
                ReplicaPeers.NONE);
        node = new BrokerNode(options(directories), environment, controller, observer);
    }

    static BrokerOptions options(Path... directories) {
        return new BrokerOptions(
                0,
                null,
                List.of(directories),
                1 << 20,
                Duration.ofSeconds(1),
                Duration.ofSeconds(12),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                LeadingOptions.DEFAULT,
                ScrubOptions.DEFAULTS,
                ProducerLimits.DEFAULTS);
    }

    private ManualEventLoop loop() {
        ManualEventLoop loop = new ManualEventLoop(clock);
        loops.add(loop);
        return loop;
    }

    /** Workers take tasks as chance will have it, so that tasks may overtake each other. */
    private Executor workers(List<ManualEventLoop> workers) {
        return task -> workers.get(chance.nextInt(workers.size())).post(task);
    }

    BrokerNode node() {
        return node;
    }

    ManualClock clock() {
        return clock;
    }

    /** Starts and runs until the broker serves; returns how that ended. */
    Outcome<BrokerRegistered> start() {
        return await(node.start(ENDPOINTS));
    }

    static void createTopic(ControllerApi controller, String name, int partitions, Map<String, String> configs) {
        controller
                .createTopic(new CreateTopicRequest(name, partitions, 1, configs, false))
                .resultNow();
    }

    /** Takes one step on a loop that chance picks; returns false when none has anything to do. */
    boolean step() {
        List<ManualEventLoop> busy =
                loops.stream().filter(loop -> !loop.isIdle()).toList();
        return !busy.isEmpty() && busy.get(chance.nextInt(busy.size())).runNext();
    }

    /** Takes steps until there is nothing to do without time passing. */
    void settle() {
        var _ = stepsUntilIdle();
    }

    /** Takes steps until there is nothing to do without time passing, and counts them. */
    int stepsUntilIdle() {
        int steps = 0;
        while (step()) {
            steps++;
        }
        return steps;
    }

    /** Takes steps and lets time pass until the future is done, 30 seconds at most. */
    <T> T await(CompletableFuture<T> future) {
        settle();
        for (int i = 0; i < 3000 && !future.isDone(); i++) {
            pass(Duration.ofMillis(10));
        }
        return future.resultNow();
    }

    void pass(Duration time) {
        clock.advance(time);
        settle();
    }

    /** Lets time pass and everybody work, except for those who sync. */
    void passWithoutSyncing(Duration time) {
        List<ManualEventLoop> others =
                loops.stream().filter(loop -> !syncers.contains(loop)).toList();
        for (int half = 0; half < 2; half++) {
            while (others.stream().anyMatch(loop -> !loop.isIdle())) {
                others.forEach(ManualEventLoop::runUntilIdle);
            }
            clock.advance(time);
        }
    }
}
