package io.millrace.simulation.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.history.check.Verdict;
import io.millrace.simulation.fault.FaultOptions;
import io.millrace.simulation.run.Run;
import io.millrace.simulation.run.RunOptions;
import io.millrace.simulation.run.RunResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final RunOptions SHORT = RunOptions.DEFAULTS.with(Duration.ofSeconds(20));

    @Test
    void a_run_in_which_nothing_goes_wrong_is_valid_and_all_of_it_is_read() {
        RunOptions calm = SHORT.with(FaultOptions.none());
        Workload workload = new Workload(calm.topics(), WorkloadOptions.DEFAULTS);

        RunResult result = new Run(1, calm, List.of(workload)).go();

        assertThat(result.failure()).as(result.toString()).isNull();
        Verdict verdict = workload.verdict();
        assertThat(verdict.isValid()).as(verdict.describe()).isTrue();
        assertThat(verdict.tally().acknowledgedDurable()).isGreaterThan(500);
        assertThat(verdict.tally().recordsFinallyRead())
                .isGreaterThanOrEqualTo(verdict.tally().acknowledgedDurable());
    }

    @Test
    void a_partition_that_takes_nothing_but_its_leaders_word_has_not_come_right() {
        RunOptions calm = SHORT.with(FaultOptions.none());
        WorkloadOptions onLeadersWord = new WorkloadOptions(4, 0, 2, Duration.ofMillis(150), 4, 1, 60);

        RunResult result = new Run(1, calm, List.of(new Workload(calm.topics(), onLeadersWord))).go();

        assertThat(String.valueOf(result.failure())).contains("everything comes right", "writes to [");
    }

    @Test
    void a_run_in_which_things_go_wrong_is_judged_as_well() {
        Workload workload = new Workload(SHORT.topics(), WorkloadOptions.DEFAULTS);

        RunResult result = new Run(2, SHORT, List.of(workload)).go();

        assertThat(result.failure()).as(result.toString()).isNull();
        assertThat(workload.verdict().isValid())
                .as(workload.verdict().describe())
                .isTrue();
    }
}
