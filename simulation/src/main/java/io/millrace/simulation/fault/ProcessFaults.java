package io.millrace.simulation.fault;

import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.simulation.cluster.SimBroker;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.cluster.SimController;
import io.millrace.simulation.cluster.SimGateway;
import io.millrace.simulation.cluster.SimNode;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Processes that die, stop, or are stopped, and machines without power. */
final class ProcessFaults {
    /** How many operations on the disk away the end may be. */
    private static final int OPERATIONS_MAX = 12;

    private static final Duration SLOW_MAX = Duration.ofSeconds(2);

    private static final List<PowerLoss> LOSSES =
            List.of(PowerLoss.LOSES_ALL, PowerLoss.KEEPS_A_PREFIX, PowerLoss.KEEPS_ANY);

    /** Losing nothing is the death of the process alone, in the middle of its work. */
    private static final List<PowerLoss> LOSSES_WHILE_WRITING = List.of(PowerLoss.values());

    private final SimCluster cluster;
    private final Chance chance;

    ProcessFaults(SimCluster cluster, Chance chance) {
        this.cluster = cluster;
        this.chance = chance;
    }

    void addTo(Map<FaultKind, Faults> kinds) {
        kinds.put(FaultKind.BROKER_KILLED, () -> kill(chance.pick(cluster.brokers())));
        kinds.put(FaultKind.BROKER_LOST_POWER, this::losePower);
        kinds.put(FaultKind.BROKER_LOST_POWER_WHILE_WRITING, this::losePowerWhileWriting);
        kinds.put(FaultKind.BROKER_LOST_POWER_WITH_A_SLOW_DISK, this::losePowerWithASlowDisk);
        kinds.put(FaultKind.ALL_BROKERS_LOST_POWER, this::losePowerEverywhere);
        kinds.put(FaultKind.BROKER_PAUSED, () -> pause(chance.pick(cluster.brokers())));
        kinds.put(FaultKind.BROKER_STOPPED, this::stopInOrder);
        kinds.put(FaultKind.CONTROLLER_KILLED, () -> kill(controller()));
        kinds.put(FaultKind.CONTROLLER_PAUSED, () -> pause(controller()));
        kinds.put(FaultKind.GATEWAY_KILLED, () -> kill(gateway()));
    }

    /** Rather the one that decides: the others are not missed. */
    private SimController controller() {
        List<SimController> deciding =
                cluster.controllers().stream().filter(SimController::leads).toList();
        return chance.pick(deciding.isEmpty() || chance.oneIn(4) ? cluster.controllers() : deciding);
    }

    private SimGateway gateway() {
        return chance.pick(cluster.gateways());
    }

    private static Optional<Runnable> kill(SimNode node) {
        if (!node.isAlive()) {
            return Optional.empty();
        }
        node.kill();
        return Optional.of(node::start);
    }

    private static Optional<Runnable> pause(SimNode node) {
        if (!node.isAlive() || node.isPaused()) {
            return Optional.empty();
        }
        node.pause();
        return Optional.of(node::resume);
    }

    private Optional<Runnable> losePower() {
        SimBroker broker = chance.pick(cluster.brokers());
        broker.losePower(chance.pick(LOSSES));
        return Optional.of(broker::start);
    }

    private Optional<Runnable> losePowerWhileWriting() {
        SimBroker broker = chance.pick(cluster.brokers());
        if (!broker.isAlive()) {
            return Optional.empty();
        }
        broker.losePowerAfter(1 + chance.nextInt(OPERATIONS_MAX), chance.pick(LOSSES_WHILE_WRITING));
        return Optional.of(() -> {
            broker.keepPower();
            broker.start();
        });
    }

    private Optional<Runnable> losePowerWithASlowDisk() {
        SimBroker broker = chance.pick(cluster.brokers());
        broker.slowDisk(SLOW_MAX);
        PowerLoss loss = chance.pick(LOSSES);
        Scheduler.Event end = cluster.scheduler()
                .after(chance.between(Duration.ZERO, SLOW_MAX), "power is lost", () -> broker.losePower(loss));
        return Optional.of(() -> {
            end.cancel();
            broker.slowDisk(Duration.ZERO);
            broker.start();
        });
    }

    private Optional<Runnable> losePowerEverywhere() {
        cluster.brokers().forEach(broker -> broker.losePower(chance.pick(LOSSES)));
        return Optional.of(() -> cluster.brokers().forEach(SimNode::start));
    }

    private Optional<Runnable> stopInOrder() {
        SimBroker broker = chance.pick(cluster.brokers());
        if (!broker.isAlive()) {
            return Optional.empty();
        }
        broker.stopInOrder();
        return Optional.of(() -> {
            broker.kill(); // one that takes too long for it
            broker.start();
        });
    }
}
