package io.millrace.broker.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Scrubbing keeps to its rate and its interval. */
final class ScrubPaceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MIB = 1 << 20;

    private final ScrubPace pace = new ScrubPace(ScrubOptions.DEFAULTS);

    @Test
    void theDefaultsAreFourMebibytesASecondOnceAWeek() {
        assertThat(ScrubOptions.DEFAULTS).isEqualTo(new ScrubOptions(4 * MIB, Duration.ofDays(7), MIB));
    }

    @Test
    void slicesAreSpreadByTheirSizes() {
        pace.passBegins(0);

        assertThat(pace.afterReading(MIB, 0, 0)).isEqualTo(Duration.ofMillis(250));
        assertThat(pace.afterReading(2 * MIB, SECOND / 4, SECOND / 4 + 50_000_000))
                .isEqualTo(Duration.ofMillis(450));
    }

    @Test
    void aSlowDiskIsNotPressedToMakeUpForTime() {
        pace.passBegins(0);

        assertThat(pace.afterReading(MIB, 0, 10 * SECOND)).isEqualTo(Duration.ZERO);
        assertThat(pace.afterReading(MIB, 10 * SECOND, 10 * SECOND)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void theNextPassBeginsAnIntervalAfterThisOneBeganAndNeverAtOnce() {
        pace.passBegins(SECOND);

        assertThat(pace.untilNextPass(11 * SECOND)).isEqualTo(Duration.ofDays(7).minusSeconds(10));
        assertThat(pace.untilNextPass(Duration.ofDays(9).toNanos())).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThatThrownBy(() -> new ScrubOptions(-1, Duration.ZERO, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ScrubOptions(1, Duration.ofNanos(-1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ScrubOptions(1, Duration.ZERO, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
