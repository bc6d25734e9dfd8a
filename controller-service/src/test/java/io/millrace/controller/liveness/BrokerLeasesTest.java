package io.millrace.controller.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerLeasesTest {
    private static final long SECOND = 1_000_000_000L;

    private final BrokerLeases leases = new BrokerLeases(Duration.ofSeconds(9), Duration.ofMillis(500));

    @Test
    void aLeaseRunsFromTheLastHeartbeat() {
        leases.renew(0, 0, 1);
        leases.renew(0, 5 * SECOND, 2);

        assertThat(leases.expired(14 * SECOND - 1)).isEmpty();
        assertThat(leases.expired(14 * SECOND)).containsExactly(0);
        assertThat(leases.reportedVersion(0)).isEqualTo(2);
    }

    @Test
    void anAssumedLeaseRunsButProvesNothing() {
        leases.assume(0, 0);

        assertThat(leases.isProvenAlive(0, SECOND)).isFalse();
        assertThat(leases.expired(9 * SECOND)).containsExactly(0);
    }

    @Test
    void aHeartbeatProvesLifeForOneLease() {
        leases.assume(0, 0);
        leases.renew(0, SECOND, 1);

        assertThat(leases.isProvenAlive(0, 10 * SECOND - 1)).isTrue();
        assertThat(leases.isProvenAlive(0, 10 * SECOND)).isFalse();
    }

    @Test
    void theClockMayWrapAround() {
        leases.renew(0, Long.MAX_VALUE - SECOND, 1);

        assertThat(leases.expired(Long.MIN_VALUE + SECOND)).isEmpty();
        assertThat(leases.remaining(0, Long.MIN_VALUE + SECOND - 1)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void anEndedLeaseIsNotWaitedFor() {
        leases.renew(0, 0, 1);
        leases.end(0);

        assertThat(leases.expired(100 * SECOND)).isEmpty();
        assertThat(leases.isProvenAlive(0, 1)).isFalse();
        assertThat(leases.reportedVersion(0)).isEqualTo(-1);
    }
}
