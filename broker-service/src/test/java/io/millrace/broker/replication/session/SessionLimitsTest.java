package io.millrace.broker.replication.session;

import static io.millrace.broker.replication.session.TestFollower.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaPull.Wants;
import io.millrace.core.model.Acks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much goes at a time, and in which order. */
class SessionLimitsTest {
    private static final Duration NEWS_DELAY = Duration.ofMillis(50);

    @Test
    void aMessageHasItsLimit() throws IOException {
        LeaderRig small = new LeaderRig(new SessionLimits(1 << 20, 1 << 10, 100, NEWS_DELAY), 4);
        TestFollower follower = small.follower(1);
        small.append(0, Acks.LEADER, "a");
        small.append(2, Acks.LEADER, "a");

        follower.says(
                position(0, 0, 0, ReplicaPull.NO_EPOCH, 0, Wants.RECORDS),
                position(2, 0, 0, ReplicaPull.NO_EPOCH, 0, Wants.RECORDS));

        assertThat(follower.messages()).hasSize(2);
    }

    @Test
    void aPartHasItsLimitButTheFirstBatchIsWhole() throws IOException {
        LeaderRig small = new LeaderRig(new SessionLimits(1 << 20, 100, 1 << 20, NEWS_DELAY), 1);
        TestFollower follower = small.follower(1);
        small.append(0, Acks.LEADER, "x".repeat(1_000));
        small.append(0, Acks.LEADER, "y");
        small.append(0, Acks.LEADER, "z".repeat(1_000));

        follower.wants(0, 0);
        assertThat(follower.parts())
                .singleElement()
                .satisfies(part -> assertThat(TestFollower.sizeOf(part)).isGreaterThan(1_000));

        follower.wants(0, 1);
        assertThat(follower.parts())
                .singleElement()
                .satisfies(part -> assertThat(TestFollower.sizeOf(part)).isEqualTo(100));
    }

    @Test
    void aSlowFollowerStopsTheSessionAtItsWindowAndNoSooner() throws IOException {
        LeaderRig narrow = new LeaderRig(SessionLimits.withWindow(1), 4);
        TestFollower follower = narrow.follower(1);
        for (int number = 0; number < 4; number++) {
            narrow.append(number, Acks.LEADER, "a");
            follower.wants(number, 0);
        }
        assertThat(follower.parts()).extracting(ReplicaPart::partition).containsExactly(0);

        follower.says(0, 0, 0, Wants.NOTHING);
        assertThat(follower.parts()).isEmpty();

        int served = 0;
        for (int answered = 0; answered < 3; answered++) {
            follower.wants(served, 1);
            List<ReplicaPart> parts = follower.parts();
            assertThat(parts).hasSize(1);
            served = parts.getFirst().partition();
        }
        follower.wants(served, 1);
        assertThat(follower.parts()).isEmpty();
    }

    @Test
    void partitionsAreServedInTheOrderOfTheirWishes() throws IOException {
        LeaderRig narrow = new LeaderRig(SessionLimits.withWindow(1), 4);
        TestFollower follower = narrow.follower(1);
        for (int i = 0; i < 3; i++) {
            narrow.append(0, Acks.LEADER, "a");
            narrow.append(2, Acks.LEADER, "a");
        }
        follower.says(
                position(0, 0, 0, ReplicaPull.NO_EPOCH, 0, Wants.RECORDS),
                position(2, 0, 0, ReplicaPull.NO_EPOCH, 0, Wants.RECORDS));
        assertThat(follower.parts()).extracting(ReplicaPart::partition).containsExactly(0);

        follower.wants(0, 1);

        assertThat(follower.parts()).extracting(ReplicaPart::partition).containsExactly(2);
    }
}
