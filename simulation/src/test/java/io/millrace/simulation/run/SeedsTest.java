package io.millrace.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.simulation.SimulationMain;
import io.millrace.simulation.Stopwatch;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * As many seeds as fit into the time of {@code -Dsimulation.time} (2 minutes, with {@code -Phours} 2 hours); it prints how many
 * that were, how long in virtual time, and what happened in them. One of them is replayed by
 *
 * <pre>
 *   mvn -pl simulation -am verify -Dtest=SeedsTest -Dsurefire.failIfNoSpecifiedTests=false -Dseed=42
 * </pre>
 *
 * and seeds run for hours, without a build around them, by {@link SimulationMain}.
 */
class SeedsTest {
    /** Where the seeds begin: {@code -Dsimulation.first} has other builds look elsewhere. */
    private static final long FIRST = Long.getLong("simulation.first", 1);

    private static final Duration TIME = Duration.parse(System.getProperty("simulation.time", "PT2M"));

    @Test
    void every_seed_holds() {
        Long only = Long.getLong("seed");
        Tally tally = new Tally();
        Stopwatch watch = new Stopwatch();
        long seed = only == null ? FIRST : only;
        do {
            RunResult result = SimulationMain.run(seed++);
            tally.add(result);
            assertThat(result.failure()).as(result.toString()).isNull();
        } while (only == null && watch.wall().compareTo(TIME) < 0);
        System.out.println(watch.report(tally));
    }
}
