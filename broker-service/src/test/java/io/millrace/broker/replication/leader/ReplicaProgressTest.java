package io.millrace.broker.replication.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.log.producers.SequenceVerdict;
import io.millrace.core.api.AlterPartitionsRequest.Member;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaStatus;
import io.millrace.core.metadata.Durability;
import io.millrace.core.model.Acks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far followers are, and what that makes of the high watermark and of their place in the in-sync set. */
class ReplicaProgressTest extends LeaderScenario {
    @Test
    void aFollowerCountsUpToItsDurableEndAndNotToItsLogEnd() {
        write(10);

        report(1, 10, 4);
        report(2, 10, 6);

        assertThat(leader.highWatermark()).isEqualTo(4);
    }

    @Test
    void aTopicInThePageCacheCountsWhatFollowersReportOfTheirLogEnds() {
        durability = Durability.PAGE_CACHE;
        leader = leader(0, 0, 0, 1, 2);
        append(10);

        report(1, 8, 8);
        report(2, 10, 10);

        assertThat(leader.highWatermark()).isEqualTo(8);
    }

    @Test
    void whatAFollowerSaysOfOffsetsThatTheLeaderDoesNotHaveDoesNotCount() {
        write(5);
        report(2, 5, 5);

        report(1, 9, 9);
        assertThat(leader.highWatermark()).isZero();

        report(1, 5, 6);
        assertThat(leader.highWatermark()).isZero();
    }

    @Test
    void anEarlierIncarnationOfAFollowerCountsNoMore() {
        write(10);
        report(2, 10, 10);
        report(1, 105, 3, 3);

        report(1, 104, 10, 10);

        assertThat(leader.highWatermark()).isEqualTo(3);
    }

    @Test
    void aLaterIncarnationMayHaveLessAndTheHighWatermarkStands() {
        write(10);
        report(2, 10, 10);
        report(1, 104, 8, 8);

        report(1, 105, 2, 2);

        assertThat(leader.highWatermark()).isEqualTo(8);
        assertThat(leader.replicas(now()).get(1).durableEndOffset()).isEqualTo(2);
    }

    @Test
    void theHighWatermarkStandsWhileTheCommittedSetIsBelowItsMinimum() {
        leader = leader(0, 0, 0);
        write(10);

        report(1, 10, 10);
        report(2, 10, 10);

        assertThat(leader.highWatermark()).isZero();
    }

    @Test
    void anAppendThatWantsAllIsRefusedBelowTheMinimumBeforeAnythingIsWritten() {
        leader = leader(0, 0, 0);
        AppendCommand append = command(Acks.ALL, 1);

        assertThat(leader.append(append, SequenceVerdict.Fits.FITS))
                .containsExactly(new LeaderEffect.Refuse(append, new Refusal.NotEnoughReplicas(ORDERS, 1, 2)));
    }

    @Test
    void anAppendThatWasWrittenBeforeTheSetFellBelowTheMinimumWaits() {
        write(1);
        picture(1, 0);

        report(1, 1, 1);
        report(2, 1, 1);

        assertThat(effects).doesNotHaveAnyElementsOfTypes(LeaderEffect.Acknowledge.class);
        assertThat(leader.hasWaitingAppends()).isTrue();
    }

    @Test
    void aFollowerThatLagsForTooLongLeavesAndCountsUntilThePictureShowsIt() {
        write(10);
        report(1, 10, 10);

        pass(LAG_MILLIS);
        assertThat(wishes).isEmpty();
        pass(1);

        assertThat(wishes)
                .containsExactly(new InSyncWish(LEADER_EPOCH, 0, List.of(new Member(0, 100), new Member(1, 101)), 0));
        assertThat(leader.highWatermark()).isZero();
        picture(1, 0, 1);
        assertThat(leader.highWatermark()).isEqualTo(10);
        assertThat(effects).contains(new LeaderEffect.InSyncSetChanged(1, 0));
    }

    @Test
    void aFollowerThatFetchesButStoresNothingLeaves() {
        write(10);
        report(1, 10, 10);
        for (int second = 0; second <= 10; second++) {
            report(2, 10, 0);
            pass(1_000);
        }

        assertThat(wishes)
                .singleElement()
                .satisfies(wish ->
                        assertThat(wish.inSync()).extracting(Member::brokerId).containsExactly(0, 1));
    }

    @Test
    void aFollowerThatHadAllWhenAllWasQuietMayTakeItsTimeFromTheNextAppendOn() {
        report(1, 0, 0);
        report(2, 0, 0);
        pass(20 * LAG_MILLIS);

        write(1);
        pass(LAG_MILLIS);
        assertThat(wishes).isEmpty();

        pass(1);
        assertThat(wishes).hasSize(1);
    }

    @Test
    void aFollowerThatIsAlwaysALittleBehindStays() {
        for (int second = 1; second <= 30; second++) {
            append(10);
            long before = 10L * (second - 1);
            report(1, before, before);
            report(2, before, before);
            pass(1_000);
        }

        assertThat(wishes).isEmpty();
    }

    @Test
    void aNewTermKnowsNothingOfItsFollowersAndItsHighWatermarkStands() {
        write(10);
        report(1, 10, 10);
        report(2, 10, 10);
        append(5);
        report(1, 15, 15);
        report(2, 15, 15);

        perform(leader.changeTerm(term(LEADER_EPOCH + 1, 1, 0, 1, 2), now()));
        perform(leader.syncedUpTo(15));

        assertThat(leader.highWatermark()).isEqualTo(10);
        assertThat(leader.replicas(now()).get(1)).isEqualTo(new ReplicaStatus(1, -1, -1, true, -1));
        report(1, 12, 12);
        report(2, 15, 15);
        assertThat(leader.highWatermark()).isEqualTo(12);
    }

    @Test
    void followersMayTakeTheLagTimeToBeHeardOfInANewTerm() {
        pass(20 * LAG_MILLIS);
        wishes.clear();
        perform(leader.changeTerm(term(LEADER_EPOCH + 1, 1, 0, 1, 2), now()));
        write(1);

        pass(LAG_MILLIS);
        assertThat(wishes).isEmpty();

        pass(1);
        assertThat(wishes).hasSize(1);
    }

    @Test
    void aFollowerThatLeavesHoldsTheHighWatermarkUntilItIsHeardAgain() {
        write(10);
        report(1, 10, 10);
        report(2, 10, 5);

        leader.replicaLeft(2);
        report(1, 10, 10);

        assertThat(leader.highWatermark()).isEqualTo(5);
        assertThat(leader.replicas(now()).get(2).durableEndOffset()).isEqualTo(-1);
    }

    @Test
    void aNewLeaderDoesNotVouchForItsHighWatermarkBeforeItHasPassedWhatItFound() {
        leader = leader(20, 5, 0, 1, 2);
        report(1, 19, 19);
        report(2, 20, 20);
        assertThat(leader.mayLagBehindPredecessor()).isTrue();

        report(1, 20, 20);

        assertThat(leader.mayLagBehindPredecessor()).isFalse();
    }

    @Test
    void aReplicaThatThePictureShowsNoMoreIsForgotten() {
        write(10);
        report(1, 10, 10);

        perform(leader.changeTerm(
                new LeaderTerm(TOPIC, ORDERS, 0, LEADER_EPOCH, 1, List.of(0, 1), List.of(0, 1), 2, durability), now()));

        assertThat(leader.highWatermark()).isEqualTo(10);
        assertThat(leader.replicas(now())).extracting(ReplicaStatus::brokerId).containsExactly(0, 1);
    }

    @Test
    void theStatusTellsHowFarEachReplicaIs() {
        write(10);
        report(1, 10, 10);
        report(2, 10, 10);
        write(5);
        report(1, 15, 15);
        pass(400);

        assertThat(leader.replicas(now()))
                .containsExactly(
                        new ReplicaStatus(0, 15, 15, true, 0),
                        new ReplicaStatus(1, 15, 15, true, 0),
                        new ReplicaStatus(2, 10, 10, true, 400));
    }
}
