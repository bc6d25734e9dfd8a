package io.millrace.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RandomHistoriesTest {
    private static final int SEEDS = 3_000;
    private static final int STEPS = 500;
    private static final HistoryChecker ANY_SIZE =
            new HistoryChecker(CheckOptions.standard().withLeast(0, 0));

    @Test
    void aRightHistoryGivesNoAlarm() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Verdict verdict = ANY_SIZE.check(RandomRun.of(seed, STEPS).record());

            assertThat(verdict.isValid())
                    .withFailMessage("seed %d: %s", seed, verdict.describe())
                    .isTrue();
        }
    }
}
