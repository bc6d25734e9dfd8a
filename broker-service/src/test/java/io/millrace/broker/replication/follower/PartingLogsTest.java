package io.millrace.broker.replication.follower;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.ReplicaPart;
import io.millrace.core.metadata.Durability;
import java.io.IOException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A follower whose log is not a beginning of its leader's (KIP-101, KIP-279, KIP-595). */
class PartingLogsTest {
    @Test
    void aLogThatIsABeginningIsNotCut() throws IOException {
        assertThat(converge(EpochLog.of(1, 1, 2), EpochLog.of(1, 1, 2, 2, 3))).isEqualTo(1);
    }

    @Test
    void aLogThatIsLongerInTheLeadersLastEpochIsCutAtItsEnd() throws IOException {
        converge(EpochLog.of(1, 1, 1, 1), EpochLog.of(1, 1));
    }

    @Test
    void anUnreplicatedTailGivesWayToWhatTheNextLeaderWrote() throws IOException {
        converge(EpochLog.of(1, 1, 1, 1), EpochLog.of(1, 1, 2));
    }

    @Test
    void aSecondDifferenceInAnEpochOfTheSameNumberOfRecordsIsFound() throws IOException {
        converge(EpochLog.of(1, 1), EpochLog.of(1, 2));
    }

    @Test
    void afterADoubleFailureEachAnswerGoesOneEpochBack() throws IOException {
        int answers = converge(EpochLog.of(0, 1, 3, 3, 5, 5), EpochLog.of(0, 2, 2, 4, 4, 4, 6));

        assertThat(answers).as("three cuts, then the records").isEqualTo(4);
    }

    @Test
    void anEpochThatOnlyTheFollowerHasGoesAsAWhole() throws IOException {
        converge(EpochLog.of(1, 1, 2, 2), EpochLog.of(1, 1, 3));
    }

    @Test
    void anEpochThatTheFollowerHasNotHeardOfComesAsAWhole() throws IOException {
        converge(EpochLog.of(1, 1, 4, 4), EpochLog.of(1, 1, 2, 3, 5));
    }

    @Test
    void aLogWithNothingInCommonIsReplaced() throws IOException {
        converge(EpochLog.of(2, 2, 2), EpochLog.of(1, 3));
    }

    @Test
    void aLogGivesWayToAnEmptyOne() throws IOException {
        converge(EpochLog.of(2, 2, 2), new EpochLog());
    }

    @Test
    void aBatchThatTheDivergenceGoesThroughGoesAsAWhole() throws IOException {
        EpochLog log = EpochLog.of(1);
        log.append(1, 5);
        EpochLog leader = EpochLog.of(1, 1, 1, 2);

        converge(log, leader);
    }

    @Test
    void theHighWatermarkDecidesNothing() throws IOException {
        EpochLog log = EpochLog.of(1, 1, 1, 1);
        FollowerRig follower = new FollowerRig(log, Durability.FSYNC, 1).inSession();

        follower.converge(new ModelLeader(EpochLog.of(1, 1, 1), FollowerRig.EPOCH));

        assertThat(log.epochs()).containsExactly(1, 1, 1);
        assertThat(follower.losses()).isEmpty();
    }

    @Test
    void cuttingBelowTheHighWatermarkIsToldAsALoss() throws IOException {
        EpochLog log = EpochLog.of(1, 1, 1, 1);
        FollowerRig follower = new FollowerRig(log, Durability.FSYNC, 3).inSession();

        follower.converge(new ModelLeader(EpochLog.of(1, 1, 2, 2, 2), FollowerRig.EPOCH).withHighWatermark(2));

        assertThat(follower.losses()).containsExactly(new FollowerEffect.TellOfLoss(3, 2));
        assertThat(follower.highWatermark())
                .as("what is new is committed when the new leader says so")
                .isEqualTo(2);
    }

    @Test
    void aLogThatEndsBeforeTheLeadersStartsAnewThere() throws IOException {
        EpochLog log = EpochLog.of(1, 1);
        EpochLog leader = EpochLog.of(1, 1, 2, 2, 3);
        leader.deleteBefore(4);

        converge(log, leader);

        assertThat(log.edges().start()).isEqualTo(4);
    }

    @Test
    void anOldAnswerThatTheLeaderStartsLaterDropsNothing() {
        FollowerRig follower = new FollowerRig(EpochLog.of(1, 1, 1)).inSession();

        follower.take(new ReplicaPart.StartsLater(FollowerRig.ID, 0, FollowerRig.EPOCH, 2));

        assertThat(follower.log().epochs()).containsExactly(1, 1, 1);
        assertThat(follower.pauses()).hasSize(1);
    }

    @Test
    void anOldAnswerThatTheLogsPartBehindItsEndCutsNothing() {
        FollowerRig follower = new FollowerRig(EpochLog.of(1, 1, 1)).inSession();

        follower.take(new ReplicaPart.Diverging(FollowerRig.ID, 0, FollowerRig.EPOCH, 1, 7));

        assertThat(follower.log().epochs()).containsExactly(1, 1, 1);
        assertThat(follower.pauses()).hasSize(1);
    }

    @Test
    void recordsThatTheLeaderHasDeletedGoHereToo() throws IOException {
        EpochLog log = EpochLog.of(1, 1);
        EpochLog leader = EpochLog.of(1, 1, 1, 1);
        leader.deleteBefore(2);

        converge(log, leader);

        assertThat(log.edges().start()).isEqualTo(2);
    }

    @Test
    void aLeaderThatStartsInTheMiddleOfABatchGivesTheBatchAsAWhole() throws IOException {
        EpochLog log = new EpochLog();
        EpochLog leader = EpochLog.of(1);
        leader.append(1, 5);
        leader.append(2);
        leader.deleteBefore(3);

        converge(log, leader);

        assertThat(log.edges().start()).isEqualTo(3);
    }

    @Test
    void aFollowerThatHasDeletedMoreThanItsLeaderAndPartsBeforeThatBeginsWhereTheLeaderDoes() throws IOException {
        EpochLog log = EpochLog.of(1, 1, 1, 1, 1);
        log.deleteBefore(4);
        EpochLog leader = EpochLog.of(1, 1, 2);

        converge(log, leader);

        assertThat(log.edges().start()).isZero();
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void logsOfAnyHistoryBecomeOneByMessagesAlone(long seed) throws IOException {
        Random chance = new Random(seed);
        EpochLog log = new EpochLog();
        EpochLog leader = new EpochLog();
        int epoch = grow(chance, 0, log, leader);
        for (int failures = chance.nextInt(4); failures > 0; failures--) {
            epoch = grow(chance, epoch, log);
            epoch = grow(chance, epoch, leader);
        }
        leader.append(Math.min(epoch, FollowerRig.EPOCH));
        if (chance.nextInt(3) == 0) {
            leader.deleteBefore(chance.nextLong(leader.edges().end() + 1));
        }
        if (chance.nextInt(4) == 0) {
            log.deleteBefore(chance.nextLong(log.edges().end() + 1));
        }
        log.sync();
        FollowerRig follower = new FollowerRig(log).inSession();

        follower.converge(new ModelLeader(leader, FollowerRig.EPOCH).sendingAtMost(1 + chance.nextInt(400)));

        assertSameFrom(Math.max(log.edges().start(), leader.edges().start()), log, leader);
        assertThat(log.edges().start())
                .isGreaterThanOrEqualTo(
                        Math.min(leader.edges().start(), log.edges().start()));
    }

    /** Adds the same few batches of one or two epochs to each of the logs. */
    private static int grow(Random chance, int epoch, EpochLog... logs) {
        int next = epoch;
        for (int epochs = chance.nextInt(3); epochs > 0 && next < FollowerRig.EPOCH; epochs--) {
            for (int batches = chance.nextInt(4); batches > 0; batches--) {
                int records = 1 + chance.nextInt(3);
                for (EpochLog log : logs) {
                    log.append(next, records);
                }
            }
            next++;
        }
        return next;
    }

    private static int converge(EpochLog log, EpochLog leader) throws IOException {
        FollowerRig follower = new FollowerRig(log).inSession();

        int answers = follower.converge(new ModelLeader(leader, FollowerRig.EPOCH));

        assertSameFrom(leader.edges().start(), log, leader);
        return answers;
    }

    private static void assertSameFrom(long offset, EpochLog log, EpochLog leader) {
        assertThat(log.edges().end()).isEqualTo(leader.edges().end());
        assertThat(log.bytesFrom(offset)).isEqualTo(leader.bytesFrom(offset));
        assertThat(log.epochsFrom(offset)).isEqualTo(leader.epochsFrom(offset));
    }
}
