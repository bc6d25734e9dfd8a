package io.millrace.controller.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
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
        leases.begin(List.of(0), false, 0);

        assertThat(leases.untilGivenUp(0, SECOND)).isZero();
        assertThat(leases.expired(9 * SECOND)).containsExactly(0);
    }

    @Test
    void aHeartbeatProvesLifeForOneLease() {
        leases.begin(List.of(0), false, 0);
        leases.renew(0, SECOND, 1);

        assertThat(leases.untilGivenUp(0, 10 * SECOND - 1)).isEqualTo(Duration.ofNanos(1));
        assertThat(leases.untilGivenUp(0, 10 * SECOND)).isZero();
    }

    @Test
    void theClockMayWrapAround() {
        leases.renew(0, Long.MAX_VALUE - SECOND, 1);

        assertThat(leases.expired(Long.MIN_VALUE + SECOND)).isEmpty();
        assertThat(leases.untilGivenUp(0, Long.MIN_VALUE + SECOND - 1)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void aBrokenConnectionIsForgivenWhenTheBrokerIsHeardWithinTheGrace() {
        leases.renew(0, 0, 1);
        leases.doubt(0, SECOND);
        leases.doubt(0, SECOND + SECOND / 4);

        assertThat(leases.expired(SECOND + SECOND / 2 - 1)).isEmpty();
        assertThat(leases.expired(SECOND + SECOND / 2))
                .as("the first break counts")
                .containsExactly(0);
        leases.renew(0, SECOND + SECOND / 2, 1);
        assertThat(leases.expired(2 * SECOND)).isEmpty();
        assertThat(leases.untilGivenUp(0, 2 * SECOND)).isGreaterThan(Duration.ofSeconds(8));
    }

    @Test
    void aBrokerInDoubtIsReckonedWithForTheGraceOnly() {
        leases.renew(0, 0, 1);
        leases.doubt(0, SECOND);

        assertThat(leases.untilGivenUp(0, SECOND + SECOND / 4)).isEqualTo(Duration.ofMillis(250));
        assertThat(leases.untilGivenUp(0, SECOND + SECOND / 2)).isZero();
    }

    @Test
    void aLeaseThatRunsOutDoesNotWaitForTheGrace() {
        leases.renew(0, 0, 1);
        leases.doubt(0, 9 * SECOND - 1);

        assertThat(leases.expired(9 * SECOND)).containsExactly(0);
        assertThat(leases.untilGivenUp(0, 9 * SECOND)).isZero();
    }

    @Test
    void thereIsNoDoubtAboutABrokerThatHasNoLease() {
        leases.doubt(0, 0);
        leases.renew(0, SECOND, 1);

        assertThat(leases.expired(5 * SECOND)).isEmpty();
    }

    @Test
    void aNewLeadBeginsWithoutDoubtAndWithWholeLeases() {
        leases.renew(0, 0, 1);
        leases.doubt(0, SECOND);
        leases.renew(1, SECOND, 1);

        leases.begin(List.of(0), true, 5 * SECOND);

        assertThat(leases.expired(14 * SECOND - 1)).isEmpty();
        assertThat(leases.expired(14 * SECOND)).containsExactly(0);
    }

    @Test
    void whatWasHeardProvesLifeInTheNextLeadOnlyIfNobodyElseLedBetween() {
        leases.renew(0, 0, 7);

        leases.begin(List.of(0), true, 5 * SECOND);
        Duration unbroken = leases.untilGivenUp(0, 5 * SECOND);
        leases.begin(List.of(0), false, 5 * SECOND);

        assertThat(unbroken).isEqualTo(Duration.ofSeconds(4));
        assertThat(leases.untilGivenUp(0, 5 * SECOND)).isZero();
        assertThat(leases.reportedVersion(0)).isEqualTo(-1);
    }

    @Test
    void aPauseIsNobodysFault() {
        leases.renew(0, 0, 1);
        leases.renew(1, 0, 1);
        leases.doubt(1, SECOND);

        leases.extendAll(20 * SECOND);

        assertThat(leases.expired(20 * SECOND)).isEmpty();
        assertThat(leases.expired(20 * SECOND + SECOND / 2)).containsExactly(1);
        assertThat(leases.expired(29 * SECOND)).containsExactly(0, 1);
    }

    @Test
    void aShortPauseGivesTheGraceAgainAndNothingElse() {
        leases.renew(0, 0, 1);
        leases.renew(1, 0, 1);
        leases.doubt(1, SECOND);

        leases.extendGrace(2 * SECOND);

        assertThat(leases.expired(2 * SECOND)).isEmpty();
        assertThat(leases.expired(2 * SECOND + SECOND / 2)).containsExactly(1);
        assertThat(leases.expired(9 * SECOND)).containsExactly(0, 1);
    }

    @Test
    void anEndedLeaseIsNotWaitedFor() {
        leases.renew(0, 0, 1);
        leases.end(0);

        assertThat(leases.expired(100 * SECOND)).isEmpty();
        assertThat(leases.untilGivenUp(0, 1)).isZero();
        assertThat(leases.reportedVersion(0)).isEqualTo(-1);
    }
}
