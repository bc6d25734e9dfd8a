package io.millrace.broker.replication.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.log.producers.ProducerBatch;
import io.millrace.broker.log.producers.SequenceVerdict;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.model.Acks;
import io.millrace.core.records.RecordBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedAppendsTest extends LeaderScenario {
    private static final ProducerBatch FIRST = new ProducerBatch(0, 0, 0, -1, false);

    @Test
    void aRepetitionWaitsUntilItsOriginalIsCommitted() {
        write(2);
        AppendCommand again = repeat(Acks.ALL, FIRST);
        assertThat(acknowledged()).doesNotContain(again);

        report(1, 1, 1);
        assertThat(acknowledged()).doesNotContain(again);
        report(2, 1, 1);

        assertThat(acknowledged()).contains(again);
    }

    @Test
    void aRepetitionOfWhatIsCommittedIsAnsweredAtOnce() {
        write(1);
        report(1, 1, 1);
        report(2, 1, 1);

        AppendCommand again = repeat(Acks.ALL, FIRST);

        assertThat(acknowledged()).contains(again);
    }

    @Test
    void aRepetitionForTheLeaderAloneWaitsForItsDisk() {
        append(1);
        AppendCommand again = repeat(Acks.LEADER, FIRST);
        assertThat(acknowledged()).isEmpty();

        perform(leader.syncedUpTo(1));

        assertThat(acknowledged()).containsExactly(again);
    }

    @Test
    void whoAsksForNoAcknowledgementGetsIt() {
        append(1);

        AppendCommand again = repeat(Acks.NONE, FIRST);

        assertThat(acknowledged()).containsExactly(again);
    }

    @Test
    void aRepetitionIsNotRefusedForWantOfReplicasButWaitsForThem() {
        leader = leader(1, 0, 0);

        AppendCommand again = repeat(Acks.ALL, FIRST);

        assertThat(refusals()).isEmpty();
        assertThat(acknowledged()).isEmpty();
        assertThat(leader.handOver()).containsExactly(again);
    }

    @Test
    void aRepetitionHasATimeToo() {
        leader = leader(1, 0, 0, 1, 2);
        AppendCommand again = new AppendCommand(batch(), AppendRequest.ANY_EPOCH, Acks.ALL, 100, _ -> {});
        repeat(again, FIRST);

        perform(leader.expire(100));

        assertThat(refusals()).singleElement().isInstanceOf(Refusal.TimedOut.class);
    }

    @Test
    void whatWasRepeatedLongAgoIsADuplicateOnlyWhenItIsCommitted() {
        leader = leader(9, 3, 0, 1, 2);

        perform(leader.append(producersCommand(Acks.ALL), new SequenceVerdict.RepeatsLongAgo(4)));
        perform(leader.append(producersCommand(Acks.ALL), new SequenceVerdict.RepeatsLongAgo(3)));

        assertThat(refusals().get(0)).isInstanceOf(Refusal.TimedOut.class);
        assertThat(refusals().get(1)).isInstanceOf(Refusal.DuplicateSequence.class);
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheNumbersInIt() {
        perform(leader.append(producersCommand(Acks.ALL), new SequenceVerdict.OutOfOrder(17)));
        perform(leader.append(producersCommand(Acks.ALL), new SequenceVerdict.OldEpoch((short) 4)));

        assertThat(refusals().get(0)).isInstanceOf(Refusal.OutOfOrderSequence.class);
        assertThat(refusals().get(0).message()).contains("producer 9", "sequence 0", "orders-0", "17");
        assertThat(refusals().get(1)).isInstanceOf(Refusal.InvalidProducerEpoch.class);
    }

    private AppendCommand repeat(Acks acks, ProducerBatch original) {
        AppendCommand again = producersCommand(acks);
        repeat(again, original);
        return again;
    }

    /** What a driver does: gives it the offsets of the original, and reports that it did. */
    private void repeat(AppendCommand again, ProducerBatch original) {
        assertThat(leader.append(again, new SequenceVerdict.Repeats(original)))
                .containsExactly(new LeaderEffect.Repeat(again, original));
        again.batch().assign(original.baseOffset(), LEADER_EPOCH);
        perform(leader.repeated(again));
    }

    private static AppendCommand producersCommand(Acks acks) {
        return new AppendCommand(batch(), AppendRequest.ANY_EPOCH, acks, Long.MAX_VALUE, _ -> {});
    }

    private static RecordBatch batch() {
        return RecordBatch.at(SmallBatches.by(9, 0, 0, "a"));
    }

    private List<AppendCommand> acknowledged() {
        return effects.stream()
                .filter(LeaderEffect.Acknowledge.class::isInstance)
                .map(effect -> ((LeaderEffect.Acknowledge) effect).append())
                .toList();
    }

    private List<Refusal> refusals() {
        return effects.stream()
                .filter(LeaderEffect.Refuse.class::isInstance)
                .map(effect -> ((LeaderEffect.Refuse) effect).refusal())
                .toList();
    }
}
