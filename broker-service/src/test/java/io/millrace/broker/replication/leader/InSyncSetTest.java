package io.millrace.broker.replication.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AlterPartitionsRequest.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who joins the in-sync set, and who counts while it changes. */
class InSyncSetTest extends LeaderScenario {
    @Test
    void aFollowerThatHasCaughtUpJoins() {
        leader = leader(0, 0, 0, 1);
        write(10);
        report(1, 10, 10);

        report(2, 10, 10);

        assertThat(wishes)
                .containsExactly(new InSyncWish(
                        LEADER_EPOCH, 0, List.of(new Member(0, 100), new Member(1, 101), new Member(2, 102)), 10));
    }

    @Test
    void aFollowerDoesNotJoinWhileItsDurableEndIsBehindTheHighWatermark() {
        leader = leader(0, 0, 0, 1);
        write(10);
        report(1, 10, 10);

        report(2, 10, 9);

        assertThat(wishes).isEmpty();
    }

    @Test
    void aFollowerDoesNotJoinBeforeItHasAllThatWasThereWhenTheLeaderBegan() {
        leader = leader(20, 5, 0, 1);

        report(2, 19, 19);
        assertThat(wishes).isEmpty();

        report(2, 20, 20);
        assertThat(wishes).hasSize(1);
    }

    @Test
    void theHighWatermarkWaitsForAFollowerThatIsNearSoThatItCanJoin() {
        followerTwoIsBehindUnderLoad(0);

        report(2, 5, 5);
        write(10);
        report(1, 20, 20);
        assertThat(leader.highWatermark()).isEqualTo(10);
        report(2, 10, 10);

        assertThat(wishes)
                .singleElement()
                .satisfies(wish ->
                        assertThat(wish.inSync()).extracting(Member::brokerId).containsExactly(0, 1, 2));
    }

    @Test
    void theHighWatermarkDoesNotWaitForLongNorAgainAtOnce() {
        followerTwoIsBehindUnderLoad(0);
        report(2, 5, 5);
        write(10);
        report(1, 20, 20);

        nowMillis += 500;
        perform(leader.expire(now()));
        assertThat(leader.highWatermark()).isEqualTo(20);

        report(2, 15, 15);
        write(10);
        report(1, 30, 30);
        assertThat(leader.highWatermark()).isEqualTo(30);
    }

    @Test
    void theHighWatermarkDoesNotWaitForAFollowerThatIsFarBehind() {
        followerTwoIsBehindUnderLoad(501);

        report(2, 5, 5);
        write(10);
        report(1, 20, 20);

        assertThat(leader.highWatermark()).isEqualTo(20);
    }

    @Test
    void aFencedFollowerJoinsOnlyWhenItIsFencedNoMore() {
        leader = leader(0, 0, 0, 1);
        show(2, 102, true);
        report(2, 0, 0);
        assertThat(wishes).isEmpty();

        show(2, 102, false);
        review();

        assertThat(wishes).hasSize(1);
    }

    @Test
    void aFollowerOfAnIncarnationThatThePictureDoesNotShowDoesNotJoin() {
        leader = leader(0, 0, 0, 1);

        report(2, 103, 0, 0);

        assertThat(wishes).isEmpty();
    }

    @Test
    void aFollowerThatKnowsALaterControllerDoesNotJoinBeforeTheLeaderKnowsItToo() {
        leader = leader(0, 0, 0, 1);

        perform(leader.replicaReported(new ReplicaReport(2, 102, CONTROLLER_EPOCH + 1, 0, 0), known(), now()));

        assertThat(wishes).isEmpty();
    }

    @Test
    void whoeverMayBeInSyncCountsWhileNobodyKnows() {
        leader = leader(0, 0, 0, 1);
        write(10);
        report(1, 10, 5);
        report(2, 10, 10);
        assertThat(wishes).hasSize(1);
        write(10);

        report(1, 20, 20);

        assertThat(leader.highWatermark()).isEqualTo(10);
        picture(1, 0, 1, 2);
        assertThat(leader.highWatermark()).isEqualTo(10);
        report(2, 20, 20);
        assertThat(leader.highWatermark()).isEqualTo(20);
    }

    @Test
    void whoeverWasRefusedCountsNoMore() {
        leader = leader(0, 0, 0, 1);
        report(2, 0, 0);
        write(10);
        report(1, 10, 10);
        assertThat(leader.highWatermark()).isZero();

        perform(leader.inSyncChangeAnswered(0, InSyncAnswer.REFUSED));

        assertThat(leader.highWatermark()).isEqualTo(10);
    }

    @Test
    void whoeverWasRefusedAfterASilenceCountsOnUntilTheRecordHasChanged() {
        leader = leader(0, 0, 0, 1);
        report(2, 0, 0);
        write(10);
        report(1, 10, 10);

        perform(leader.inSyncChangeAnswered(0, InSyncAnswer.REFUSED_AFTER_SILENCE));
        assertThat(leader.highWatermark()).isZero();
        show(2, 102, true);
        review();

        assertThat(wishes.getLast().inSync()).containsExactly(new Member(0, 100), new Member(1, 101));
        assertThat(leader.highWatermark()).isZero();
        picture(1, 0, 1);
        assertThat(leader.highWatermark()).isEqualTo(10);
    }

    @Test
    void anAnswerWithoutAPictureChangesNothing() {
        leader = leader(0, 0, 0, 1);
        report(2, 0, 0);
        write(10);
        report(1, 10, 10);

        perform(leader.inSyncChangeAnswered(0, InSyncAnswer.WAIT_FOR_PICTURE));
        review();

        assertThat(leader.highWatermark()).isZero();
        assertThat(wishes).hasSize(1);
    }

    @Test
    void anAnswerToAWishOfAnEarlierRecordIsTooLate() {
        leader = leader(0, 0, 0, 1);
        report(2, 0, 0);
        picture(1, 0, 1);
        report(2, 0, 0);
        assertThat(wishes).hasSize(2);
        write(10);
        report(1, 10, 10);

        perform(leader.inSyncChangeAnswered(0, InSyncAnswer.REFUSED));

        assertThat(leader.highWatermark()).isZero();
    }

    @Test
    void aRefusedWishIsNotRepeatedBeforeTheNextReview() {
        leader = leader(0, 0, 0, 1);
        report(2, 0, 0);
        perform(leader.inSyncChangeAnswered(0, InSyncAnswer.REFUSED));

        report(2, 0, 0);
        assertThat(wishes).hasSize(1);

        review();
        assertThat(wishes).hasSize(2);
    }
}
