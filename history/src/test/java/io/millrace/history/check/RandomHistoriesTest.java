package io.millrace.history.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.history.History;
import io.millrace.history.Outcome;
import io.millrace.history.text.HistoryReader;
import io.millrace.history.text.HistoryWriter;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RandomHistoriesTest {
    private static final int SEEDS = 2_000;
    private static final int SEEDS_PER_FAULT = 300;
    private static final int SEEDS_AS_TEXT = 30;
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

    /** Otherwise the two tests around this one would prove little. */
    @Test
    void randomHistoriesHoldAllThatIsLegal() {
        int keptDuplicates = 0;
        int lostBestEffort = 0;
        int storedUnknown = 0;
        int missingUnknown = 0;
        int refused = 0;
        for (long seed = 0; seed < SEEDS_PER_FAULT; seed++) {
            Draft draft = RandomRun.of(seed, STEPS);
            for (DraftWrite write : draft.writes) {
                long copies = draft.copiesKnown(write);
                keptDuplicates += copies > 1 ? 1 : 0;
                lostBestEffort += write.outcome == Outcome.OK && copies == 0 ? 1 : 0;
                storedUnknown += write.outcome == Outcome.UNKNOWN && copies > 0 ? 1 : 0;
                missingUnknown += write.outcome == Outcome.UNKNOWN && copies == 0 ? 1 : 0;
                refused += write.outcome == Outcome.FAILED ? 1 : 0;
            }
        }

        assertThat(List.of(keptDuplicates, lostBestEffort, storedUnknown, missingUnknown, refused))
                .allSatisfy(count -> assertThat(count).isGreaterThan(PLANTED_AT_LEAST));
    }

    @Test
    void aHistoryKeptAsTextIsJudgedTheSame() throws IOException {
        for (long seed = 0; seed < SEEDS_AS_TEXT; seed++) {
            Draft draft = RandomRun.of(seed, STEPS);
            FalseFaults.showANegativeValue(draft, new Random(seed));
            LossFaults.dropAcknowledged(draft, new Random(seed));
            History history = draft.record();
            StringBuilder text = new StringBuilder();

            HistoryWriter.write(history, text);
            History again = HistoryReader.read(new StringReader(text.toString()));

            assertThat(ANY_SIZE.check(again)).isEqualTo(ANY_SIZE.check(history));
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
