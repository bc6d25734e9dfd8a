package io.millrace.simulation.cluster;

import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.node.BrokerEnvironment;
import io.millrace.broker.node.BrokerNode;
import io.millrace.broker.node.BrokerObserver;
import io.millrace.broker.node.BrokerOptions;
import io.millrace.broker.node.LeadingOptions;
import io.millrace.broker.scrub.ScrubOptions;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.Endpoint;
import io.millrace.simulation.network.Address;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.remote.BitErrors;
import io.millrace.simulation.remote.BrokerSeat;
import io.millrace.simulation.remote.BrokerTarget;
import io.millrace.simulation.remote.RemoteController;
import io.millrace.simulation.remote.RemoteReplicas;
import io.millrace.simulation.remote.ReplicaSeat;
import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.SimProcess;
import io.millrace.simulation.schedule.WorkTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A broker on a machine of its own, with a disk. */
public final class SimBroker extends SimNode {
    /** Where the broker keeps its logs. */
    public static final Path DATA = Path.of("/data");

    static final int PORT = 9094;

    private static final WorkTime SYNC = WorkTime.of(Duration.ofNanos(100_000), Duration.ofMillis(3), 20);
    private static final WorkTime FILES = WorkTime.of(Duration.ofNanos(20_000), Duration.ofMillis(1), 20);
    /** Much more often than anybody would, so that what is damaged in a run is found in that run. */
    private static final ScrubOptions SCRUB = new ScrubOptions(1 << 20, Duration.ofSeconds(15), 1 << 16);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private final int id;
    private final Network network;
    private final List<Address> controllers;
    private final IntFunction<BrokerObserver> observers;
    private SimulatedDisk disk;
    private int disks;
    private @Nullable SimulatedDisk diskOfNode; // of the present life, or of the last one
    private boolean diskIsKnown;
    private @Nullable PowerLoss
            lossToCome; // of a power cut in the middle of an operation, until the disk is used again
    private final BitErrors bitErrors;
    private Duration syncDelay = Duration.ZERO;
    private @Nullable BrokerNode node;
    private @Nullable RemoteController controller;

    SimBroker(
            int id,
            Machine machine,
            Network network,
            List<Address> controllers,
            IntFunction<BrokerObserver> observers) {
        super(machine, "broker");
        this.id = id;
        this.network = network;
        this.controllers = List.copyOf(controllers);
        this.observers = observers;
        this.disk = newDisk();
        this.bitErrors = new BitErrors(machine);
    }

    public int id() {
        return id;
    }

    /** The present disk; it stays the same from life to life, unless it is replaced. */
    public SimulatedDisk disk() {
        return disk;
    }

    /** Goes up when the disk is replaced. */
    public int diskNumber() {
        return disks;
    }

    /** The broker of the present life, or of the last one. */
    public @Nullable BrokerNode node() {
        return node;
    }

    /** The picture that it sees, in the present life or the last one. */
    public ClusterImage picture() {
        return controller == null ? ClusterImage.empty("") : controller.image();
    }

    /** Ends the process as kill -9 does: what it wrote is there, synced or not. */
    @Override
    public void kill() {
        super.kill();
        if (lossToCome == null) {
            disk.restart(PowerLoss.LOSES_NOTHING);
        }
    }

    /** Switches the machine off: of what was not synced any part may be there. */
    public void losePower(PowerLoss loss) {
        machine().losePower();
        disk.restart(loss);
        lossToCome = null;
    }

    /** Switches the machine off right after so many more operations on its disk, if it comes to that. */
    public void losePowerAfter(int operations, PowerLoss loss) {
        SimulatedDisk present = disk;
        present.whenPowerIsCut(() -> {
            machine().losePower();
            lossToCome = loss;
        });
        present.cutPowerAfter(present.operations() + operations);
    }

    /** Keeps the power from being cut, if it has not been by now. */
    public void keepPower() {
        disk.cutPowerAfter(Long.MAX_VALUE);
    }

    /** Ends whatever is wrong with the disk, except for what it has lost. */
    public void healDisk() {
        disk.limitTo(Long.MAX_VALUE);
        disk.failNoMore();
        keepPower();
        syncDelay = Duration.ZERO;
    }

    /** Puts an empty disk in the place of the present one; the process must not run. */
    public void replaceDisk() {
        if (isAlive()) {
            throw new IllegalStateException("The disk of " + this + " is in use");
        }
        disk = newDisk();
        diskIsKnown = false;
        lossToCome = null;
    }

    /** Whether its present process is registered, so that its logs are open, or will be in a moment. */
    public boolean isRegistered() {
        return isAlive() && node != null && node.brokerEpoch() > 0;
    }

    /** Whether its present process is the one that was registered under that epoch. */
    public boolean isRegisteredUnder(long brokerEpoch) {
        return isRegistered() && node != null && node.brokerEpoch() == brokerEpoch;
    }

    /** Whether the controllers know what disk it has: from its first registration with it on. */
    public boolean diskIsKnown() {
        return diskIsKnown || (node != null && diskOfNode == disk && node.brokerEpoch() > 0);
    }

    /** Lets bits flip in records on their way to followers, or no longer. */
    public void damageSentRecords(boolean whether) {
        bitErrors.happen(whether);
    }

    /** Lets each sync take up to so much longer. */
    public void slowDisk(Duration more) {
        syncDelay = more;
    }

    /** Stops it in order; it is gone once that is done. */
    public void stopInOrder() {
        SimProcess present = process();
        BrokerNode running = node;
        if (present != null && running != null) {
            var _ = running.stop(STOP_PATIENCE).whenComplete((_, _) -> kill());
        }
    }

    @Override
    void run(SimProcess started) {
        if (lossToCome != null) {
            disk.restart(lossToCome);
            lossToCome = null;
        }
        Executor files = started.workers("files", chance -> FILES.draw(chance));
        RemoteController found = new RemoteController(network, started, controllers);
        controller = found;
        BrokerEnvironment environment = new BrokerEnvironment(
                started.clock(),
                machine().scheduler().chance(started + " of " + machine()),
                disk,
                started.loop("control"),
                started.loop("commit"),
                List.of(started.loop("partitions-0"), started.loop("partitions-1")),
                started.workers("sync", chance -> SYNC.draw(chance) + chance.nextLong(syncDelay.toNanos() + 1)),
                files,
                new RemoteReplicas(network, started));
        BrokerNode made = new BrokerNode(options(), environment, found, observers.apply(id));
        diskIsKnown = diskIsKnown();
        node = made;
        diskOfNode = disk;
        network.listen(started, PORT)
                .offer(BrokerSeat.class, new BrokerSeat(made, () -> self(made), files))
                .offer(ReplicaSeat.class, new ReplicaSeat(made, bitErrors));
        var _ = made.start(List.of(new Endpoint(Endpoint.INTERNAL, machine().name(), PORT)))
                .whenComplete((outcome, failure) -> {
                    if (failure != null || outcome instanceof Outcome.Refused<?>) {
                        restart(started);
                    }
                });
    }

    private @Nullable BrokerTarget self(BrokerNode running) {
        String clusterId = running.clusterId();
        return clusterId == null || running.brokerEpoch() <= 0
                ? null
                : new BrokerTarget(clusterId, id, running.brokerEpoch());
    }

    private SimulatedDisk newDisk() {
        return new SimulatedDisk(machine()
                .scheduler()
                .chance("disk " + disks++ + " of " + machine())
                .nextLong());
    }

    private BrokerOptions options() {
        return new BrokerOptions(
                id,
                null,
                List.of(DATA),
                64L << 20,
                Duration.ofSeconds(1),
                Duration.ofSeconds(12),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                LeadingOptions.DEFAULT,
                SCRUB,
                ProducerLimits.DEFAULTS);
    }
}
