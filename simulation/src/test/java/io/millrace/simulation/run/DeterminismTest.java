package io.millrace.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.simulation.SimulationMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    private static final long SEED = 4711;

    @Test
    void the_same_seed_goes_the_same_way_twice() {
        RunResult once = SimulationMain.run(SEED);
        RunResult again = SimulationMain.run(SEED);

        assertThat(again.trace()).isEqualTo(once.trace());
        assertThat(again.events()).isEqualTo(once.events());
        assertThat(again.faults()).isEqualTo(once.faults());
    }

    @Test
    void another_seed_goes_another_way() {
        assertThat(SimulationMain.run(SEED + 1).trace())
                .isNotEqualTo(SimulationMain.run(SEED).trace());
    }

    @Test
    void the_same_seed_goes_the_same_way_in_another_process() throws Exception {
        RunResult here = SimulationMain.run(SEED);

        String there = inAnotherProcess();

        assertThat(there).contains("trace " + Long.toHexString(here.trace()) + ",");
    }

    /** The other one has another salt for its sets and maps, and other identity hashes. */
    private static String inAnotherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulationMain.class.getName(),
                        Long.toString(SEED)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
