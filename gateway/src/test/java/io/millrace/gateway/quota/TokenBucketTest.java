package io.millrace.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final double LIMIT = 2;
    private static final double BURST = 22;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final TokenBucket bucket = new TokenBucket(QuotaWindow.DEFAULT, 0);

    @Test
    void oneBurstPassesHoweverLargeAndThenNothingUntilItIsPaidFor() {
        assertThat(bucket.tryRecord(BURST + 10, LIMIT, 0)).isZero();

        assertThat(bucket.tryRecord(1, LIMIT, 0)).isEqualTo(5 * SECOND);
        assertThat(bucket.tryRecord(1, LIMIT, 4 * SECOND)).isEqualTo(SECOND);
        assertThat(bucket.tryRecord(1, LIMIT, 5 * SECOND)).isZero();
    }

    @Test
    void whatIsRefusedCostsNothing() {
        bucket.tryRecord(BURST + 2, LIMIT, 0);
        bucket.tryRecord(100, LIMIT, 0);

        assertThat(bucket.tryRecord(1, LIMIT, SECOND)).isZero();
    }

    @Test
    void whatIsDoneInAnyCaseIsWaitedFor() {
        assertThat(bucket.record(BURST, LIMIT, 0)).isZero();
        assertThat(bucket.record(10, LIMIT, 0)).isEqualTo(5 * SECOND);
        assertThat(bucket.record(10, LIMIT, 0)).isEqualTo(10 * SECOND);
    }

    @Test
    void whatIsGivenBackDoesNotMakeTheBucketLarger() {
        bucket.record(-100, LIMIT, 0);
        bucket.record(BURST + 2, LIMIT, 0);

        assertThat(bucket.throttleNanos(LIMIT, 0)).isEqualTo(SECOND);
    }

    @Test
    void itIsFullAgainAfterAWindow() {
        bucket.record(BURST, LIMIT, 0);
        bucket.record(BURST, LIMIT, 11 * SECOND);

        assertThat(bucket.throttleNanos(LIMIT, 11 * SECOND)).isZero();
    }
}
