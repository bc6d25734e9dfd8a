package io.millrace.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RandomHistoriesTest {
    private static final int SEEDS = 3_000;
    private static final int SEEDS_PER_FAULT = 300;
    private static final int PLANTED_AT_LEAST = 100;
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

    @ParameterizedTest
    @MethodSource("io.millrace.history.check.Fault#all")
    void aPlantedFaultIsFoundEveryTimeAndAsWhatItIs(Fault fault) {
        int planted = 0;
        for (long seed = 0; seed < SEEDS_PER_FAULT; seed++) {
            Draft draft = RandomRun.of(seed, STEPS);
            if (!fault.planter().plant(draft, new Random(seed))) {
                continue;
            }
            planted++;

            Verdict verdict = ANY_SIZE.check(draft.record());

            assertThat(verdict).as("seed %d", seed).isInstanceOfSatisfying(Verdict.Invalid.class, invalid -> {
                assertThat(invalid.counts()).containsKey(fault.foundAs());
                assertThat(invalid.describe()).contains(fault.foundAs().name());
            });
        }
        assertThat(planted).isGreaterThan(PLANTED_AT_LEAST);
    }
}
