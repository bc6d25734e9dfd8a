package io.millrace.broker.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.metadata.Reassignment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReassignmentThrottleTest {
    private static final long RATE = 1_000;

    private final ReassignmentThrottle throttle = new ReassignmentThrottle();

    @Test
    void theBytesOfASecondAreFreeAndWhatIsMoreIsWaitedFor() {
        assertThat(throttle.take(1_000, RATE, 0)).isEqualTo(Duration.ZERO);
        assertThat(throttle.take(500, RATE, 0)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void replicasShareTheRate() {
        throttle.take(2_000, RATE, 0);

        assertThat(throttle.take(2_000, RATE, nanos(500))).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void timeThatPassesPaysTheDebtAndSavesNoMoreThanASecond() {
        throttle.take(3_000, RATE, 0);
        assertThat(throttle.take(0, RATE, nanos(2_000))).isEqualTo(Duration.ZERO);

        assertThat(throttle.take(1_500, RATE, nanos(60_000))).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aHigherRatePaysTheDebtSooner() {
        throttle.take(11_000, RATE, 0);

        assertThat(throttle.take(0, 10 * RATE, 0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatIsNotThrottledIsNotCounted() {
        throttle.take(1_000_000, Reassignment.UNLIMITED, 0);

        assertThat(throttle.take(1_000, RATE, 0)).isEqualTo(Duration.ZERO);
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
