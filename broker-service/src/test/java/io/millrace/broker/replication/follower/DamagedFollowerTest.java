package io.millrace.broker.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull.Position;
import io.millrace.core.api.ReplicaPull.Wants;
import io.millrace.core.metadata.Durability;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A follower whose log is damaged cuts it only when nobody counts on what goes. */
class DamagedFollowerTest {
    private final EpochLog log = EpochLog.of(3, 3, 5, 5);
    private final ByteBuffer whole = log.bytes();
    private final FollowerRig follower = new FollowerRig(log, Durability.FSYNC, 4).inSession();

    @Test
    void theLeaderIsToldOfNothingBehindTheDamage() {
        follower.damaged(1);

        assertThat(follower.lastSent())
                .isEqualTo(new Position(FollowerRig.ID, 0, FollowerRig.EPOCH, 1, 3, 1, Wants.RECORDS));
        assertThat(log.log().logEndOffset()).isEqualTo(4);
        assertThat(follower.withdrawn()).isEmpty();
    }

    @Test
    void recordsFromTheDamageOnAreWhatAWithdrawalWaitsFor() {
        follower.damaged(1);

        follower.take(FollowerRig.records(from(1), 4, 0));

        assertThat(follower.withdrawn()).containsExactly(1L);
        assertThat(log.log().logEndOffset()).as("nothing is cut yet").isEqualTo(4);
    }

    @Test
    void theAnswerToAnEarlierPositionProvesNothing() {
        EpochLog longer = EpochLog.of(3, 3, 5, 5, 5);
        follower.damaged(1);

        follower.take(FollowerRig.records(from(longer.bytes(), 4), 4, 0));

        assertThat(follower.withdrawn()).isEmpty();
        assertThat(log.log().logEndOffset()).isEqualTo(4);
    }

    @Test
    void whoIsCountedOnNoMoreCutsItsLogAndFetchesAgain() {
        follower.damaged(1);
        follower.take(FollowerRig.records(from(1), 4, 0));

        follower.answerWithdrawal(1, true);

        assertThat(log.log().logEndOffset()).isEqualTo(1);
        assertThat(follower.highWatermark()).isEqualTo(1);
        assertThat(follower.losses()).as("it comes again").isEmpty();
        assertThat(follower.lastSent().fetchOffset()).isEqualTo(1);
        follower.take(FollowerRig.records(from(1), 4, 0));
        assertThat(log.bytes()).isEqualTo(whole);
        assertThat(follower.lastSent().fetchOffset()).isEqualTo(4);
    }

    @Test
    void whoIsStillCountedOnKeepsItsLogAndTriesAgain() {
        follower.damaged(1);
        follower.take(FollowerRig.records(from(1), 4, 0));

        follower.answerWithdrawal(1, false);

        assertThat(log.log().logEndOffset()).isEqualTo(4);
        follower.endPause(follower.pauses().getLast());
        follower.take(FollowerRig.records(from(1), 4, 0));
        assertThat(follower.withdrawn()).containsExactly(1L, 1L);
    }

    @Test
    void anEarlierDamageMakesTheProofOfALaterOneWorthless() {
        follower.damaged(2);
        follower.take(FollowerRig.records(from(2), 4, 0));
        follower.damaged(1);

        follower.answerWithdrawal(2, true);

        assertThat(log.log().logEndOffset()).isEqualTo(4);
        assertThat(follower.lastSent().fetchOffset()).isEqualTo(1);
        follower.take(FollowerRig.records(from(1), 4, 0));
        assertThat(follower.withdrawn()).containsExactly(2L, 1L);
    }

    @Test
    void aNewSessionHearsOfTheDamageToo() {
        follower.damaged(1);

        follower.begin(2);

        assertThat(follower.lastSent().fetchOffset()).isEqualTo(1);
        assertThat(follower.lastSent().durableEnd()).isEqualTo(1);
    }

    @Test
    void damagedRecordsThatTheLeaderHasDeletedGoWithoutACut() {
        follower.damaged(1);

        follower.take(new ReplicaPart.StartsLater(FollowerRig.ID, 0, FollowerRig.EPOCH, 3));

        assertThat(log.log().logStartOffset()).isEqualTo(3);
        assertThat(log.log().logEndOffset()).isEqualTo(4);
        assertThat(follower.lastSent().fetchOffset()).isEqualTo(4);
        assertThat(follower.withdrawn()).isEmpty();
    }

    @Test
    void damagedRecordsThatTheLeaderDoesNotHaveAreCutOffAsAnyOthers() {
        follower.damaged(3);

        follower.take(new ReplicaPart.Diverging(FollowerRig.ID, 0, FollowerRig.EPOCH, 3, 2));

        assertThat(log.log().logEndOffset()).isEqualTo(2);
        assertThat(follower.lastSent().fetchOffset()).isEqualTo(2);
        assertThat(follower.withdrawn()).isEmpty();
    }

    private ByteBuffer from(int offset) {
        return from(whole, offset);
    }

    /** All batches are of one record and equally large. */
    private static ByteBuffer from(ByteBuffer log, int offset) {
        int start = offset * (12 + log.getInt(8));
        return log.slice(start, log.remaining() - start);
    }
}
