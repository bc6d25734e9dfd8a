package io.millrace.broker.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull.Position;
import io.millrace.core.api.ReplicaPull.Wants;
import io.millrace.core.metadata.Durability;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PartitionFollowerTest {
    @Test
    void theFirstPositionOfASessionSaysWhereTheLogEnds() {
        FollowerRig follower = new FollowerRig(EpochLog.of(3, 3, 5));

        follower.begin(7);

        assertThat(follower.sent())
                .containsExactly(new Position(FollowerRig.ID, 0, FollowerRig.EPOCH, 3, 5, 3, Wants.RECORDS));
    }

    @Test
    void anEmptyLogHasNoEpoch() {
        FollowerRig follower = new FollowerRig(new EpochLog()).inSession();

        assertThat(follower.lastSent().fetchOffset()).isZero();
        assertThat(follower.lastSent().lastFetchedEpoch()).isEqualTo(-1);
    }

    @Test
    void theNextRecordsAreWantedWhileTheLastOnesAreSynced() {
        FollowerRig follower = new FollowerRig(new EpochLog()).inSession();

        follower.take(FollowerRig.records(EpochLog.of(2, 2).bytes(), 0, 0));

        assertThat(follower.lastSent())
                .isEqualTo(new Position(FollowerRig.ID, 0, FollowerRig.EPOCH, 2, 2, 0, Wants.RECORDS));
        assertThat(follower.isSyncWanted()).isTrue();
    }

    @Test
    void whatASyncHasMadeDurableIsToldAtOnce() {
        FollowerRig follower = new FollowerRig(new EpochLog()).inSession();
        follower.take(FollowerRig.records(EpochLog.of(2, 2).bytes(), 0, 0));

        follower.finishSync();

        assertThat(follower.lastSent())
                .isEqualTo(new Position(FollowerRig.ID, 0, FollowerRig.EPOCH, 2, 2, 2, Wants.NOTHING));
    }

    @Test
    void aDurableEndThatTheLeaderKnowsIsNotToldAgain() {
        FollowerRig follower = new FollowerRig(EpochLog.of(2, 2)).inSession();

        follower.finishSync();

        assertThat(follower.sent()).hasSize(1);
    }

    @Test
    void inThePageCacheWhatIsWrittenIsStored() {
        FollowerRig follower = new FollowerRig(new EpochLog(), Durability.PAGE_CACHE, 0).inSession();

        follower.take(FollowerRig.records(EpochLog.of(2, 2).bytes(), 0, 0));

        assertThat(follower.lastSent().durableEnd()).isEqualTo(2);
        assertThat(follower.isSyncWanted()).isFalse();
    }

    @Test
    void aTopicThatIsToBeDurableFromNowOnIsSyncedAtOnce() {
        FollowerRig follower = new FollowerRig(new EpochLog(), Durability.PAGE_CACHE, 0).inSession();
        follower.take(FollowerRig.records(EpochLog.of(2, 2).bytes(), 0, 0));

        follower.changeTerm(FollowerRig.term(Durability.FSYNC));

        assertThat(follower.isSyncWanted()).isTrue();
    }

    @Test
    void whatAnEarlierLeadershipLeftUnsyncedIsSyncedFirst() {
        EpochLog log = new EpochLog();
        log.append(2);

        FollowerRig follower = new FollowerRig(log);

        assertThat(follower.isSyncWanted()).isTrue();
        assertThat(follower.sent()).isEmpty();
    }

    @Test
    void theHighWatermarkIsTheLeadersAsFarAsTheLogReaches() {
        FollowerRig follower = new FollowerRig(new EpochLog()).inSession();

        follower.take(FollowerRig.records(EpochLog.of(2, 2).bytes(), 40, 0));
        assertThat(follower.highWatermark()).isEqualTo(2);

        follower.take(new ReplicaPart.Progress(FollowerRig.ID, 0, FollowerRig.EPOCH, 1, 0));
        assertThat(follower.highWatermark()).as("never back").isEqualTo(2);
    }

    @Test
    void newsMoveTheHighWatermarkWithoutAWish() {
        FollowerRig follower = new FollowerRig(EpochLog.of(2, 2)).inSession();

        follower.take(new ReplicaPart.Progress(FollowerRig.ID, 0, FollowerRig.EPOCH, 1, 0));

        assertThat(follower.highWatermark()).isEqualTo(1);
        assertThat(follower.sent()).hasSize(1);
    }

    @Test
    void whatAnotherLeadershipOrAnotherSessionSaysIsIgnored() {
        FollowerRig follower = new FollowerRig(new EpochLog()).inSession();
        follower.begin(FollowerRig.SESSION + 1);

        follower.take(FollowerRig.SESSION, FollowerRig.records(EpochLog.of(2, 2).bytes(), 0, 0));
        follower.take(
                FollowerRig.SESSION + 1, new ReplicaPart.Diverging(FollowerRig.ID, 0, FollowerRig.EPOCH + 1, -1, 0));

        assertThat(follower.log().edges().end()).isZero();
        assertThat(follower.sent()).hasSize(2);
    }

    @Test
    void aRefusalIsFollowedByEverLongerPausesAndARecordEndsThem() {
        FollowerRig follower = new FollowerRig(new EpochLog()).inSession();

        for (int i = 0; i < 7; i++) {
            follower.take(refused());
            follower.endPause(follower.pauses().getLast());
        }
        follower.take(FollowerRig.records(EpochLog.of(2).bytes(), 0, 0));
        follower.take(refused());

        assertThat(follower.pauses())
                .extracting(pause -> pause.delay().toMillis())
                .containsExactly(50L, 100L, 200L, 400L, 800L, 1000L, 1000L, 50L);
        assertThat(follower.sent()).hasSize(1 + 7 + 1);
    }

    @Test
    void aPauseThatANewSessionHasOvertakenIsForgotten() {
        FollowerRig follower = new FollowerRig(new EpochLog()).inSession();
        follower.take(refused());
        follower.begin(FollowerRig.SESSION + 1);

        follower.endPause(follower.pauses().getLast());

        assertThat(follower.sent()).hasSize(2);
    }

    @Test
    void ofRecordsWithADamagedBatchThoseBeforeItAreTakenAndTheRestIsAskedForAgain() {
        ByteBuffer bytes = EpochLog.of(2, 2, 2).bytes();
        bytes.put(bytes.limit() - 3, (byte) ~bytes.get(bytes.limit() - 3));
        FollowerRig follower = new FollowerRig(new EpochLog()).inSession();

        follower.take(FollowerRig.records(bytes, 0, 0));
        follower.endPause(follower.pauses().getLast());

        assertThat(follower.log().epochs()).containsExactly(2, 2);
        assertThat(follower.lastSent().fetchOffset()).isEqualTo(2);
        assertThat(follower.lastAppended().problem()).isPresent();
    }

    @Test
    void recordsThatLeaveAGapAreNotTaken() {
        FollowerRig follower = new FollowerRig(EpochLog.of(2)).inSession();

        follower.take(FollowerRig.records(EpochLog.of(2, 2, 2).bytesFrom(2), 0, 0));

        assertThat(follower.log().epochs()).containsExactly(2);
        assertThat(follower.pauses()).hasSize(1);
    }

    @Test
    void anAnswerWithoutRecordsDoesNotMakeTheFollowerAskInACircle() {
        FollowerRig follower = new FollowerRig(EpochLog.of(2)).inSession();

        follower.take(FollowerRig.records(ByteBuffer.allocate(0), 0, 0));

        assertThat(follower.sent()).hasSize(1);
        assertThat(follower.pauses()).hasSize(1);
    }

    @Test
    void aThrottledFollowerAsksAtOnceWhenTheThrottleChanges() {
        FollowerRig follower = new FollowerRig(new EpochLog(), Durability.PAGE_CACHE, 0)
                .inSession()
                .pausingAfterAppends(Duration.ofDays(3));
        follower.take(FollowerRig.records(EpochLog.of(2, 2).bytes(), 0, 0));
        FollowerTerm before = FollowerRig.term(Durability.PAGE_CACHE);

        follower.changeTerm(before);
        assertThat(follower.lastSent().wants()).isEqualTo(Wants.NOTHING);
        follower.changeTerm(new FollowerTerm(
                before.partition(), before.topicId(), before.leader(), before.leaderEpoch(), before.durability(), 100));

        assertThat(follower.lastSent().wants()).isEqualTo(Wants.RECORDS);
    }

    @Test
    void aThrottledFollowerAsksLaterAndTellsWhatItHasAllTheSame() {
        FollowerRig follower = new FollowerRig(new EpochLog(), Durability.PAGE_CACHE, 0)
                .inSession()
                .pausingAfterAppends(Duration.ofMillis(300));

        follower.take(FollowerRig.records(EpochLog.of(2, 2).bytes(), 0, 0));

        assertThat(follower.lastSent().wants()).isEqualTo(Wants.NOTHING);
        assertThat(follower.lastSent().durableEnd()).isEqualTo(2);
        assertThat(follower.pauses())
                .singleElement()
                .extracting(FollowerEffect.Pause::delay)
                .isEqualTo(Duration.ofMillis(300));

        follower.endPause(follower.pauses().getLast());
        assertThat(follower.lastSent().wants()).isEqualTo(Wants.RECORDS);
    }

    @Test
    void whoeverLeavesSaysSo() {
        FollowerRig follower = new FollowerRig(EpochLog.of(2)).inSession();

        follower.leave();

        assertThat(follower.lastSent().wants()).isEqualTo(Wants.TO_LEAVE);
    }

    private static ReplicaPart refused() {
        return new ReplicaPart.Refused(FollowerRig.ID, 0, FollowerRig.EPOCH, new Refusal.NotLeader(FollowerRig.ORDERS));
    }
}
