package io.millrace.simulation.fault;

import io.millrace.simulation.cluster.SimBroker;
import io.millrace.simulation.cluster.SimCluster;
import io.millrace.simulation.network.Network;
import io.millrace.simulation.schedule.Chance;
import io.millrace.simulation.schedule.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links that are cut or slow, and connections that break. */
final class NetworkFaults {
    private static final Duration SLOW_MAX = Duration.ofSeconds(2);

    private final SimCluster cluster;
    private final Network network;
    private final Chance chance;

    NetworkFaults(SimCluster cluster, Chance chance) {
        this.cluster = cluster;
        this.network = cluster.network();
        this.chance = chance;
    }

    void addTo(Map<FaultKind, Faults> kinds) {
        kinds.put(FaultKind.LINK_CUT_ONE_WAY, () -> {
            Machine from = machine();
            Machine to = other(from);
            network.cut(from, to);
            return Optional.of(() -> network.heal(from, to));
        });
        kinds.put(FaultKind.LINK_CUT, () -> {
            Machine one = machine();
            Machine other = other(one);
            network.cut(one, other);
            network.cut(other, one);
            return Optional.of(() -> {
                network.heal(one, other);
                network.heal(other, one);
            });
        });
        kinds.put(FaultKind.MACHINE_CUT_OFF, this::cutOff);
        kinds.put(FaultKind.LINK_SLOW, () -> {
            Machine from = machine();
            Machine to = other(from);
            network.slow(from, to, chance.between(Duration.ofMillis(5), SLOW_MAX));
            return Optional.of(() -> network.slow(from, to, Duration.ZERO));
        });
        kinds.put(FaultKind.SENT_RECORDS_DAMAGED, this::damageSentRecords);
        kinds.put(FaultKind.CONNECTIONS_RESET, () -> {
            Machine one = machine();
            network.reset(one, other(one));
            return Optional.of(Faults.ENDS_BY_ITSELF);
        });
    }

    private Optional<Runnable> damageSentRecords() {
        SimBroker leader = chance.pick(cluster.brokers());
        leader.damageSentRecords(true);
        return Optional.of(() -> leader.damageSentRecords(false));
    }

    private Optional<Runnable> cutOff() {
        Machine one = machine();
        List<Machine> others =
                cluster.machines().stream().filter(other -> other != one).toList();
        for (Machine other : others) {
            network.cut(one, other);
            network.cut(other, one);
        }
        return Optional.of(() -> {
            for (Machine other : others) {
                network.heal(one, other);
                network.heal(other, one);
            }
        });
    }

    private Machine machine() {
        return chance.pick(cluster.machines());
    }

    private Machine other(Machine than) {
        return chance.pick(
                cluster.machines().stream().filter(machine -> machine != than).toList());
    }
}
