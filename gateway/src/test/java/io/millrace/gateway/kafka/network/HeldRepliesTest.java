package io.millrace.gateway.kafka.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeldRepliesTest {
    private static final int LIMIT = 1_000_000;
    private static final NetworkOptions OPTIONS =
            new NetworkOptions(1, 1, 1, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), LIMIT, 3L * LIMIT, true);

    private final AtomicLong ofAll = new AtomicLong();
    private final HeldReplies held = new HeldReplies(OPTIONS, ofAll);

    @Test
    void aReplyGetsWhatItWantsWithinTheLimit() {
        assertThat(held.promise(400_000)).isEqualTo(400_000);
        assertThat(held.isFull()).isFalse();
        assertThat(held.promise(2 * LIMIT)).isEqualTo(600_000);
        assertThat(held.isFull()).isTrue();
    }

    @Test
    void aReplyThatIsSmallerThanPromisedLeavesTheRestToOthers() {
        int promised = held.promise(LIMIT);

        held.replied(promised, 100_000);

        assertThat(held.isFull()).isFalse();
        assertThat(ofAll).hasValue(100_000);
    }

    @Test
    void repliesWithoutAPromiseCountTheSame() {
        held.replied(0, LIMIT);

        assertThat(held.isFull()).isTrue();
    }

    @Test
    void whatIsSentIsFreeForOthers() {
        held.replied(0, LIMIT);
        held.sent(LIMIT);

        assertThat(held.isFull()).isFalse();
        assertThat(ofAll).hasValue(0);
    }

    @Test
    void whileAllTogetherHoldTooMuchEveryoneGetsWhatItTakesToGetOn() {
        ofAll.set(3L * LIMIT);

        assertThat(held.promise(LIMIT)).isEqualTo(HeldReplies.PROMISE_MIN);
        assertThat(held.promise(100)).isEqualTo(100);
    }

    @Test
    void aConnectionThatEndsHoldsNothing() {
        held.replied(0, 5_000);

        held.release();

        assertThat(ofAll).hasValue(0);
    }
}
