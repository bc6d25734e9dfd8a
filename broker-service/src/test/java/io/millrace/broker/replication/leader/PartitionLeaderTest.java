package io.millrace.broker.replication.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.log.producers.SequenceVerdict;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.metadata.Durability;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordBatch;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionLeaderTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    private static final TopicId TOPIC = new TopicId(new UUID(0, 1));
    private static final long LAG_NANOS = 10_000_000_000L;

    @Test
    void anAppendGetsTheLogsEndAndTheLeadersEpoch() {
        PartitionLeader leader = leader(term(3, 1, 1), 7);
        AppendCommand append = command(Acks.ALL, "a");

        assertThat(leader.append(append, SequenceVerdict.Fits.FITS))
                .containsExactly(new LeaderEffect.AppendToLog(append, 7, 3));
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsDurable() {
        PartitionLeader leader = leader(term(0, 1, 1), 0);
        AppendCommand append = command(Acks.LEADER, "a", "b");

        List<LeaderEffect> written = write(leader, append);
        List<LeaderEffect> synced = leader.syncedUpTo(2);

        assertThat(written).containsExactly(new LeaderEffect.RequestSync());
        assertThat(synced)
                .containsExactly(new LeaderEffect.AdvanceHighWatermark(2), new LeaderEffect.Acknowledge(append));
    }

    @Test
    void aPageCacheTopicAcknowledgesWhatIsWritten() {
        PartitionLeader leader =
                leader(new LeaderTerm(TOPIC, ORDERS, 0, 0, 0, List.of(0), List.of(0), 1, Durability.PAGE_CACHE), 0);
        AppendCommand append = command(Acks.ALL, "a");

        assertThat(write(leader, append))
                .containsExactly(new LeaderEffect.AdvanceHighWatermark(1), new LeaderEffect.Acknowledge(append));
    }

    @Test
    void acksNoneIsAnsweredAsSoonAsItIsWritten() {
        PartitionLeader leader = leader(term(0, 1, 1), 0);
        AppendCommand append = command(Acks.NONE, "a");

        assertThat(write(leader, append))
                .containsExactly(new LeaderEffect.Acknowledge(append), new LeaderEffect.RequestSync());
    }

    @Test
    void appendsAreAcknowledgedInOffsetOrder() {
        PartitionLeader leader = leader(term(0, 1, 1), 0);
        AppendCommand first = command(Acks.ALL, "a");
        AppendCommand second = command(Acks.ALL, "b");
        AppendCommand third = command(Acks.ALL, "c");
        write(leader, first);
        write(leader, second);
        write(leader, third);

        assertThat(acknowledged(leader.syncedUpTo(2))).containsExactly(first, second);
        assertThat(acknowledged(leader.syncedUpTo(3))).containsExactly(third);
    }

    @Test
    void theHighWatermarkWaitsForEveryInSyncReplica() {
        PartitionLeader leader = leader(term(0, 2, 2), 0);
        AppendCommand all = command(Acks.ALL, "a");
        AppendCommand own = command(Acks.LEADER, "b");
        write(leader, all);
        write(leader, own);

        List<LeaderEffect> synced = leader.syncedUpTo(2);
        List<LeaderEffect> followed = leader.replicaReported(new ReplicaReport(1, 1, 0, 2, 1), KnownBrokers.NONE, 0);

        assertThat(synced).containsExactly(new LeaderEffect.Acknowledge(own));
        assertThat(followed)
                .containsExactly(new LeaderEffect.AdvanceHighWatermark(1), new LeaderEffect.Acknowledge(all));
    }

    @Test
    void aReplicaOutOfSyncIsNotWaitedFor() {
        PartitionLeader leader = leader(term(0, 2, 1), 0);
        AppendCommand append = command(Acks.ALL, "a");
        write(leader, append);
        leader.syncedUpTo(1);

        List<LeaderEffect> shrunk = leader.changeTerm(nextTerm(0, 1, 1), 0);

        assertThat(acknowledged(shrunk)).containsExactly(append);
    }

    @Test
    void tooFewInSyncReplicasRefuseAcksAllOnly() {
        PartitionLeader leader = leader(term(0, 1, 2), 0);
        AppendCommand all = command(Acks.ALL, "a");
        AppendCommand own = command(Acks.LEADER, "a");

        assertThat(leader.append(all, SequenceVerdict.Fits.FITS))
                .containsExactly(new LeaderEffect.Refuse(all, new Refusal.NotEnoughReplicas(ORDERS, 1, 2)));
        assertThat(leader.append(own, SequenceVerdict.Fits.FITS)).hasOnlyElementsOfType(LeaderEffect.AppendToLog.class);
    }

    @Test
    void theHighWatermarkStandsWhileTheInSyncSetIsTooSmall() {
        PartitionLeader leader = leader(term(0, 1, 2), 0);
        write(leader, command(Acks.LEADER, "a"));

        leader.syncedUpTo(1);

        assertThat(leader.highWatermark()).isZero();
    }

    @Test
    void anotherEpochIsRefusedWhetherOlderOrNewer() {
        PartitionLeader leader = leader(term(5, 1, 1), 0);

        for (int epoch : new int[] {4, 6}) {
            AppendCommand append = new AppendCommand(batch("a"), epoch, Acks.ALL, 0, _ -> {});
            assertThat(leader.append(append, SequenceVerdict.Fits.FITS))
                    .singleElement()
                    .satisfies(effect -> assertThat(((LeaderEffect.Refuse) effect).refusal())
                            .isInstanceOf(Refusal.StaleEpoch.class));
        }
    }

    @Test
    void whoeverWaitsIsToldOfABrokenDisk() {
        PartitionLeader leader = leader(term(0, 1, 1), 0);
        AppendCommand append = command(Acks.ALL, "a");
        write(leader, append);
        Refusal why = new Refusal.StorageFailed("The disk is broken.");

        assertThat(leader.resign(why)).containsExactly(new LeaderEffect.Refuse(append, why));
    }

    @Test
    void whoeverWaitsWhenTheLeaderResignsIsNotToldThatNothingWasStored() {
        for (Refusal why : List.of(
                new Refusal.NotLeader(ORDERS),
                new Refusal.UnknownTopic("orders"),
                new Refusal.ShuttingDown("The broker is stopping."))) {
            PartitionLeader leader = leader(term(0, 1, 1), 0);
            write(leader, command(Acks.ALL, "a"));

            List<LeaderEffect> effects = leader.resign(why);

            assertThat(effects)
                    .singleElement()
                    .satisfies(effect ->
                            assertThat(((LeaderEffect.Refuse) effect).refusal()).isInstanceOf(Refusal.TimedOut.class));
        }
    }

    @Test
    void onlyAppendsWhoseTimeIsOverExpire() {
        PartitionLeader leader = leader(term(0, 1, 1), 0);
        AppendCommand patient = new AppendCommand(batch("a"), AppendRequest.ANY_EPOCH, Acks.ALL, 2_000, _ -> {});
        AppendCommand hasty = new AppendCommand(batch("b"), AppendRequest.ANY_EPOCH, Acks.ALL, 1_000, _ -> {});
        write(leader, patient);
        write(leader, hasty);

        List<LeaderEffect> expired = leader.expire(1_500);

        assertThat(expired).singleElement().satisfies(effect -> {
            assertThat(((LeaderEffect.Refuse) effect).append()).isEqualTo(hasty);
            assertThat(((LeaderEffect.Refuse) effect).refusal()).isInstanceOf(Refusal.TimedOut.class);
        });
        assertThat(acknowledged(leader.syncedUpTo(2))).containsExactly(patient);
    }

    @Test
    void whatIsDurableAtTheBeginningIsCommitted() {
        PartitionLeader leader = new PartitionLeader(term(0, 1, 1), new LogEnds(9, 8, 0), LAG_NANOS, 0);

        assertThat(leader.begin())
                .containsExactly(new LeaderEffect.RequestSync(), new LeaderEffect.AdvanceHighWatermark(8));
    }

    @Test
    void theEpochNeverGoesBack() {
        PartitionLeader leader = leader(term(5, 1, 1), 0);

        assertThatThrownBy(() -> leader.changeTerm(term(4, 1, 1), 0)).isInstanceOf(IllegalStateException.class);
    }

    private static PartitionLeader leader(LeaderTerm term, long end) {
        return new PartitionLeader(term, new LogEnds(end, end, end), LAG_NANOS, 0);
    }

    private static LeaderTerm term(int epoch, int inSync, int minInSync) {
        return term(epoch, 0, inSync, minInSync);
    }

    private static LeaderTerm nextTerm(int epoch, int inSync, int minInSync) {
        return term(epoch, 1, inSync, minInSync);
    }

    private static LeaderTerm term(int epoch, int partitionEpoch, int inSync, int minInSync) {
        List<Integer> replicas = IntStream.range(0, inSync).boxed().toList();
        return new LeaderTerm(TOPIC, ORDERS, 0, epoch, partitionEpoch, replicas, replicas, minInSync, Durability.FSYNC);
    }

    private static AppendCommand command(Acks acks, String... values) {
        return new AppendCommand(batch(values), AppendRequest.ANY_EPOCH, acks, Long.MAX_VALUE, _ -> {});
    }

    private static RecordBatch batch(String... values) {
        return RecordBatch.at(SmallBatches.of(1_000, values));
    }

    /** What a driver does: writes, and reports that it did. */
    private static List<LeaderEffect> write(PartitionLeader leader, AppendCommand append) {
        LeaderEffect.AppendToLog order = (LeaderEffect.AppendToLog)
                leader.append(append, SequenceVerdict.Fits.FITS).getFirst();
        append.batch().assign(order.baseOffset(), order.leaderEpoch());
        return leader.appended(append, 0);
    }

    private static List<AppendCommand> acknowledged(List<LeaderEffect> effects) {
        return effects.stream()
                .filter(effect -> effect instanceof LeaderEffect.Acknowledge)
                .map(effect -> ((LeaderEffect.Acknowledge) effect).append())
                .toList();
    }
}
