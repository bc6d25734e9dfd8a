package io.millrace.system;

import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.ClusterPlan;
import io.millrace.system.cluster.Program;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.cluster.ServerProcess;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One fault after another, in an order that chance gives and a seed repeats. */
@Tag("long")
class ManyFaultsTest {
    private static final int PARTITIONS = 6;
    private static final int ROUNDS = Integer.getInteger("millrace.system.rounds", 15);
    private static final long SEED = Long.getLong("millrace.system.seed", System.nanoTime());

    /** Long enough for leases and sessions to run out, in some rounds. */
    private static final int FAULT_MILLIS_MAX = 8_000;

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.of(ClusterPlan.of(2, 3, 2)
            .with(Program.CONTROLLER, "millrace.zookeeper.session-timeout", "4s")
            .with(Program.CONTROLLER, "millrace.controller.liveness.broker-lease", "6s")
            .with(Program.CONTROLLER, "millrace.controller.liveness.tick", "250ms"));

    private final Cluster cluster = RUNNING.get();

    @Test
    void everyPromiseIsKeptWhateverDiesOrHangsOneAfterTheOther() throws Exception {
        System.out.println("To repeat these faults: -Dmillrace.system.seed=" + SEED);
        Random chance = new Random(SEED);
        List<ServerProcess> processes = cluster.processes().toList();
        try (Traffic traffic = Traffic.start(cluster, "many-faults", PARTITIONS)) {
            for (int round = 1; round <= ROUNDS; round++) {
                ServerProcess victim = processes.get(chance.nextInt(processes.size()));
                boolean hangs = chance.nextBoolean();
                int millis = chance.nextInt(FAULT_MILLIS_MAX);
                System.out.println("Round " + round + ": " + victim.name() + (hangs ? " hangs" : " is dead") + " for "
                        + millis + " ms");
                strike(victim, hangs, millis);
                cluster.awaitHealthy();
                traffic.awaitFlow();
            }
            traffic.settle();
        }
    }

    private void strike(ServerProcess victim, boolean hangs, int millis) throws InterruptedException {
        if (hangs) {
            victim.pause();
            TimeUnit.MILLISECONDS.sleep(millis);
            victim.resume();
        } else {
            victim.kill();
            TimeUnit.MILLISECONDS.sleep(millis);
            victim.start();
        }
    }
}
