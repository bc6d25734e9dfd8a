package io.millrace.simulation.cluster;

import io.millrace.controller.control.ControlOptions;
import io.millrace.controller.node.ControllerNode;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.statemachine.LogMember;
import io.millrace.core.statemachine.LogObserver;
import io.millrace.simulation.network.Address;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.remote.ControllerSeat;
import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.SimEventLoop;
import io.millrace.simulation.schedule.SimProcess;
import io.millrace.simulation.schedule.WorkTime;
import io.millrace.simulation.store.StoreLog;
import io.millrace.simulation.store.StoreTimes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A controller on a machine of its own. */
public final class SimController extends SimNode {
    static final int PORT = 9093;

    /** Larger decisions are split, so that their middle can be hit. */
    private static final int CHANGES_PER_WRITE_MAX = 20;

    private static final WorkTime DELIVERY = WorkTime.of(Duration.ofNanos(5_000), Duration.ofNanos(200_000), 20);

    private final Network network;
    private final SimStore store;
    private final StoreTimes storeTimes;
    private final ControlOptions options;
    private @Nullable ControllerNode node;

    SimController(Machine machine, Network network, SimStore store, ClusterOptions options) {
        super(machine, "controller");
        this.network = network;
        this.store = store;
        this.storeTimes = options.store();
        this.options = options.control();
    }

    Address address() {
        return new Address(machine().name(), PORT);
    }

    /** The controller of the present life, or of the last one. */
    public @Nullable ControllerNode node() {
        return node;
    }

    /** Whether it believes that it decides. */
    public boolean leads() {
        return isAlive() && node != null && node.epoch() >= 0;
    }

    @Override
    void run(SimProcess started) {
        SimEventLoop loop = started.loop("decisions");
        StoreLog<MetadataKey, MetadataRecord> log = new StoreLog<>(
                started,
                network.channel(started, store.address()),
                storeTimes,
                LogObserver.NONE,
                CHANGES_PER_WRITE_MAX);
        ControllerNode.Doors doors = new ControllerNode.Doors(
                loop,
                started.workers("deliveries", DELIVERY),
                started.clock(),
                machine().scheduler().chance(started + " of " + machine()));
        ControllerNode made = new ControllerNode(doors, log, options);
        node = made;
        network.listen(started, PORT)
                .offer(ControllerSeat.class, new ControllerSeat(made, machine().name(), started.network()));
        made.start(new LogMember(machine().name(), machine().name(), PORT));
    }
}
