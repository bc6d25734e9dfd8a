package io.millrace.gateway.kafka.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeldRepliesTest {
    private static final int LIMIT = 1_000_000;

    private final AtomicLong ofAll = new AtomicLong();
    private final HeldReplies held = new HeldReplies(options(true), ofAll);

    private static NetworkOptions options(boolean recordsInMemory) {
        Duration any = Duration.ofSeconds(1);
        return new NetworkOptions(1, 1, 1, 1, 1, any, any, LIMIT, 3L * LIMIT, recordsInMemory);
    }

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
    void recordsInFilesGetWhatTheyWantAndCountForNothing() {
        HeldReplies inFiles = new HeldReplies(options(false), ofAll);

        assertThat(inFiles.promise(5 * LIMIT)).isEqualTo(5 * LIMIT);
        assertThat(inFiles.isFull()).isFalse();
        inFiles.replied(5 * LIMIT, LIMIT - 1);
        assertThat(inFiles.isFull()).isFalse();
        inFiles.replied(0, 1);
        assertThat(inFiles.isFull()).isTrue();
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
