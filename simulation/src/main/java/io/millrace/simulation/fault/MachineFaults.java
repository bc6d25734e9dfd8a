package io.millrace.simulation.fault;

import io.millrace.core.environment.simulated.DiskOperation;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.simulation.cluster.SimBroker;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.fault.Copies.SpareBytes;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Effect;
import io.millrace.simulation.schedule.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Disks that fail, fill up, are slow, or change what they hold; clocks that go wrong. */
final class MachineFaults {
    private static final String LOGS = ".log";
    private static final Duration SYNC_DELAY_MAX = Duration.ofSeconds(3);

    private static final long ROOM_BYTES_MAX = 4_096;
    private static final long JUMP_MILLIS_MAX = 3_600_000;
    private static final int DRIFT_PPM_MAX = 500;

    private final SimCluster cluster;
    private final Chance chance;
    private final SimBroker unlucky;
    private final Copies copies;

    MachineFaults(SimCluster cluster, Chance chance) {
        this.cluster = cluster;
        this.chance = chance;
        // Bits flip at one broker only: whoever loses the same record everywhere has lost, by right.
        this.unlucky = chance.pick(cluster.brokers());
        this.copies = new Copies(cluster);
    }

    void addTo(Map<FaultKind, Faults> kinds) {
        kinds.put(FaultKind.WRITE_ERROR, () -> error(DiskOperation.WRITE));
        kinds.put(FaultKind.SYNC_ERROR, () -> error(DiskOperation.SYNC));
        kinds.put(FaultKind.READ_ERROR, () -> error(DiskOperation.READ));
        kinds.put(FaultKind.DISK_FULL, this::fill);
        kinds.put(FaultKind.DISK_SLOW, () -> {
            SimBroker broker = chance.pick(cluster.brokers());
            broker.slowDisk(chance.between(Duration.ofMillis(10), SYNC_DELAY_MAX));
            return Optional.of(() -> broker.slowDisk(Duration.ZERO));
        });
        kinds.put(FaultKind.BIT_FLIPPED, this::flipBit);
        kinds.put(FaultKind.DISK_REPLACED, this::replace);
        kinds.put(FaultKind.WALL_CLOCK_JUMPED, () -> {
            machine().jumpWallClock(chance.between(-JUMP_MILLIS_MAX, JUMP_MILLIS_MAX));
            return Optional.of(Faults.ENDS_BY_ITSELF);
        });
        kinds.put(FaultKind.CLOCK_DRIFTS, () -> {
            Machine machine = machine();
            machine.drift((int) chance.between(-DRIFT_PPM_MAX, DRIFT_PPM_MAX));
            return Optional.of(() -> machine.drift(0));
        });
    }

    private Machine machine() {
        return chance.pick(cluster.machines());
    }

    private Optional<Runnable> fill() {
        SimBroker broker = chance.pick(cluster.brokers());
        if (!copies.allDisksAreWhole()) {
            return Optional.empty();
        }
        SimulatedDisk disk = broker.disk();
        disk.limitTo(disk.usedBytes() + chance.nextLong(ROOM_BYTES_MAX));
        return Optional.of(broken(broker, () -> disk.limitTo(Long.MAX_VALUE)));
    }

    private Optional<Runnable> error(DiskOperation operation) {
        SimBroker broker = chance.pick(cluster.brokers());
        if (!broker.isAlive() || !copies.allDisksAreWhole()) {
            return Optional.empty();
        }
        SimulatedDisk disk = broker.disk();
        disk.failNext(operation, LOGS);
        return Optional.of(broken(broker, disk::failNoMore));
    }

    /** Whoever meets an error of its disk gives the directory up, and needs a new start. */
    private Runnable broken(SimBroker broker, Runnable mend) {
        return copies.broken(() -> {
            mend.run();
            broker.kill();
            broker.start();
        });
    }

    private Optional<Runnable> replace() {
        SimBroker broker = chance.pick(cluster.brokers());
        if (!copies.allDisksWork() || copies.isIndispensable(broker)) {
            return Optional.empty();
        }
        broker.kill();
        broker.replaceDisk();
        return Optional.of(broker::start);
    }

    private Optional<Runnable> flipBit() {
        List<SpareBytes> spare = copies.spareBytes(unlucky);
        if (!unlucky.isRegistered() || spare.isEmpty() || !copies.allDisksWork()) {
            return Optional.empty();
        }
        SpareBytes bytes = chance.pick(spare);
        try {
            unlucky.disk().flipBit(bytes.file(), chance.nextInt(bytes.count()), chance.nextInt(8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cluster.scheduler().effects().add(Effect.BIT_FLIPPED_AT_REST);
        return Optional.of(Faults.ENDS_BY_ITSELF);
    }
}
