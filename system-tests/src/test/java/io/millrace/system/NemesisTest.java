package io.millrace.system;

import io.millrace.history.check.Verdict;
import io.millrace.system.client.Load;
import io.millrace.system.client.Recording;
import io.millrace.system.cluster.Cluster;
import io.millrace.system.cluster.RunningCluster;
import io.millrace.system.nemesis.Nemesis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Writers and readers of a replicated topic go on while a nemesis kills, pauses, stops and cuts off, two faults at a time;
 * then all is put right, everything has to converge, and the history of it all is judged. Whoever wants the same faults
 * again gives the seed: {@code -Dnemesis.seed=N}; for how long, {@code -Dnemesis.seconds=N}.
 */
@EnabledOnOs(
        value = OS.LINUX,
        disabledReason = "each link has a loopback address of its own, which Linux has without set-up")
class NemesisTest {
    private static final int PARTITIONS = 6;
    private static final int REPLICAS = 3;
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("millrace.system.nemesis-seconds", 60));
    private static final Load.Pace PACE = new Load.Pace(5, Duration.ofMillis(50), Integer.MAX_VALUE);

    /** So that a writer that has lost its gateway or its leader goes on soon, without knowing. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For processes that are started again on a busy machine, and replicas that catch up. */
    private static final Duration CONVERGED_WITHIN = Duration.ofMinutes(3);

    @RegisterExtension
    static final RunningCluster RUNNING = RunningCluster.withShortLeases();

    private final Cluster cluster = RUNNING.get();

    @Test
    void whateverGoesWrongNothingThatWasAcknowledgedIsLostOrChanged() throws Exception {
        long seed = Seeds.of("nemesis");
        cluster.start();
        Nemesis nemesis = new Nemesis(cluster, seed);
        try (Traffic traffic = Traffic.start(
                cluster, Traffic.Plan.replicated("nemesis", PARTITIONS).with(PACE, PATIENCE))) {
            nemesis.rage(TIME);
            System.out.println("nemesis: " + TIME.toSeconds() + " s, faults " + nemesis.counts()
                    + ", ended by themselves and started again " + nemesis.restarts());
            long healed = System.nanoTime();
            cluster.start(CONVERGED_WITHIN);
            traffic.awaitFlow();
            traffic.awaitAllInSync(REPLICAS, CONVERGED_WITHIN);
            System.out.println("nemesis: all in sync again after "
                    + Duration.ofNanos(System.nanoTime() - healed).toMillis() + " ms");
            Recording recording = traffic.finish();
            Verdict verdict = recording.judge(leastAcknowledged());
            System.out.println("nemesis: seed " + seed + ", " + verdict.describe());
        }
    }

    /** In half of the time about half of the partitions can be written to. */
    private static long leastAcknowledged() {
        return TIME.toSeconds() * PARTITIONS;
    }
}
