package io.millrace.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final double LIMIT = 1_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RateMeter meter = new RateMeter(QuotaWindow.DEFAULT, 0);

    @Test
    void whoAlwaysDoesMoreAndWaitsAsToldGetsTheLimit() {
        assertThat(rateOf(100, Duration.ofMillis(1), 300)).isCloseTo(LIMIT, Percentage.withPercentage(10));
    }

    @Test
    void whoDoesMuchAtOnceAndWaitsAsToldGetsTheLimit() {
        assertThat(rateOf(5_000, Duration.ofMillis(1), 300)).isCloseTo(LIMIT, Percentage.withPercentage(10));
    }

    @Test
    void whoStaysBelowTheLimitNeverWaits() {
        long now = 0;
        for (int i = 0; i < 1_000; i++) {
            assertThat(meter.record(90, LIMIT, now)).isZero();
            now += SECOND / 10;
        }
    }

    @Test
    void aBurstOfTheWholeWindowPassesOnce() {
        assertThat(meter.record(10 * LIMIT, LIMIT, 0)).isZero();
        assertThat(meter.record(LIMIT, LIMIT, 1)).isCloseTo(SECOND, within(1_000L));
    }

    @Test
    void aBurstPassesAgainOnceTheWindowHasForgottenTheFirst() {
        meter.record(10 * LIMIT, LIMIT, 0);

        assertThat(meter.record(10 * LIMIT, LIMIT, 11 * SECOND)).isZero();
    }

    @Test
    void theWaitEndsWhenTheRateIsTheLimitAgain() {
        meter.record(10 * LIMIT, LIMIT, 0);
        long wait = meter.record(LIMIT / 2, LIMIT, 0);

        assertThat(meter.throttleNanos(LIMIT, wait - 1)).isPositive();
        assertThat(meter.throttleNanos(LIMIT, wait)).isZero();
    }

    @Test
    void whatIsNotAllowedIsNotNoted() {
        meter.record(10 * LIMIT, LIMIT, 0);

        assertThat(meter.tryRecord(LIMIT, LIMIT, 0)).isPositive();
        assertThat(meter.throttleNanos(LIMIT, 0)).isZero();
    }

    @Test
    void whoMayNotIsToldWhenHeMay() {
        meter.record(6 * LIMIT, LIMIT, 0);
        meter.record(4 * LIMIT, LIMIT, 3 * SECOND);

        assertThat(meter.tryRecord(5 * LIMIT, LIMIT, 3 * SECOND)).isEqualTo(8 * SECOND);
        assertThat(meter.tryRecord(5 * LIMIT, LIMIT, 11 * SECOND - 1)).isOne();
        assertThat(meter.tryRecord(5 * LIMIT, LIMIT, 11 * SECOND)).isZero();
    }

    @Test
    void theWindowIsLongerAtTheEndOfASample() {
        meter.record(10 * LIMIT, LIMIT, 0);

        assertThat(meter.tryRecord(LIMIT / 2, LIMIT, 0)).isEqualTo(SECOND / 2);
        assertThat(meter.tryRecord(LIMIT / 2, LIMIT, SECOND / 2)).isZero();
    }

    @Test
    void whoAsksBeforeAndWaitsAsToldGetsTheLimit() {
        long now = 0;
        double done = 0;
        while (now < 300 * SECOND) {
            long wait = meter.tryRecord(100, LIMIT, now);
            done += wait == 0 ? 100 : 0;
            now += wait + SECOND / 1_000;
        }

        assertThat(done * SECOND / now).isCloseTo(LIMIT, Percentage.withPercentage(10));
    }

    @Test
    void whatIsTooMuchInAnyCasePassesWhenNothingCameBeforeIt() {
        assertThat(meter.tryRecord(100 * LIMIT, LIMIT, 0)).isZero();
        assertThat(meter.tryRecord(1, LIMIT, 1)).isPositive();
    }

    @Test
    void whatIsTakenBackDoesNotCount() {
        meter.record(20 * LIMIT, LIMIT, 0);
        meter.record(-20 * LIMIT, LIMIT, SECOND);

        assertThat(meter.record(10 * LIMIT, LIMIT, SECOND)).isZero();
    }

    @Test
    void aHigherLimitHoldsAtOnce() {
        meter.record(20 * LIMIT, LIMIT, 0);

        assertThat(meter.throttleNanos(2 * LIMIT, 0)).isZero();
    }

    @Test
    void timesOfSeveralThreadsMayBeOutOfOrder() {
        meter.record(10 * LIMIT, LIMIT, SECOND);
        meter.record(LIMIT, LIMIT, SECOND - 1);

        assertThat(meter.throttleNanos(LIMIT, SECOND)).isEqualTo(SECOND);
    }

    /** Of somebody who needs that time for each piece, and waits as he is told. */
    private double rateOf(double piece, Duration work, int seconds) {
        long now = 0;
        double done = 0;
        while (now < seconds * SECOND) {
            now += work.toNanos() + meter.record(piece, LIMIT, now);
            done += piece;
        }
        return done * SECOND / now;
    }
}
