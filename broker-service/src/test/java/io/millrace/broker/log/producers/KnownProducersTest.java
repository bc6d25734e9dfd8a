package io.millrace.broker.log.producers;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.records.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KnownProducersTest {
    private static final long PRODUCER = 9;
    private static final SequenceVerdict FITS = SequenceVerdict.Fits.FITS;

    private final KnownProducers producers = new KnownProducers();
    private long end;

    @Test
    void whatComesNextFits() {
        write(0, 0, 3);
        write(0, 3, 2);

        assertThat(verdict(0, 5, 1)).isEqualTo(FITS);
    }

    @Test
    void eachOfTheLastFiveBatchesIsRecognised() {
        for (int i = 0; i < 7; i++) {
            write(0, 2 * i, 2);
        }

        for (int i = 2; i < 7; i++) {
            assertThat(verdict(0, 2 * i, 2))
                    .isEqualTo(new SequenceVerdict.Repeats(new ProducerBatch(2 * i, 2 * i + 1, 2L * i, 1_000, false)));
        }
    }

    @Test
    void anEarlierBatchIsKnownToBeThereBeforeThem() {
        for (int i = 0; i < 7; i++) {
            write(0, 2 * i, 2);
        }

        assertThat(verdict(0, 0, 2)).isEqualTo(new SequenceVerdict.RepeatsLongAgo(4));
        assertThat(verdict(0, 2, 2)).isEqualTo(new SequenceVerdict.RepeatsLongAgo(4));
    }

    @Test
    void whatWasBeforeAllThatIsKnownIsNotHeldToBeThere() {
        for (int i = 0; i < 7; i++) {
            write(0, 100 + i, 1);
        }

        assertThat(verdict(0, 99, 1)).isEqualTo(new SequenceVerdict.OutOfOrder(107));
        assertThat(verdict(0, 100, 1)).isEqualTo(new SequenceVerdict.RepeatsLongAgo(2));
    }

    @Test
    void aGapIsOutOfOrder() {
        write(0, 0, 3);

        assertThat(verdict(0, 4, 1)).isEqualTo(new SequenceVerdict.OutOfOrder(3));
    }

    @Test
    void aBatchThatIsCutOtherwiseIsNoRepetition() {
        write(0, 0, 3);
        write(0, 3, 3);

        assertThat(verdict(0, 0, 2)).isEqualTo(new SequenceVerdict.OutOfOrder(6));
        assertThat(verdict(0, 2, 2)).isEqualTo(new SequenceVerdict.OutOfOrder(6));
        assertThat(verdict(0, 4, 4)).isEqualTo(new SequenceVerdict.OutOfOrder(6));
    }

    @Test
    void sequencesGoOnWithZero() {
        write(0, Integer.MAX_VALUE, 1);
        assertThat(verdict(0, 0, 1)).isEqualTo(FITS);
        write(0, 0, 1);
        write(0, 1, 1);

        assertThat(verdict(0, Integer.MAX_VALUE, 1)).isInstanceOf(SequenceVerdict.Repeats.class);
        assertThat(verdict(0, 2, 1)).isEqualTo(FITS);
        assertThat(verdict(0, 3, 1)).isEqualTo(new SequenceVerdict.OutOfOrder(2));
    }

    @Test
    void aBatchMayReachOverTheGreatestSequence() {
        write(0, Integer.MAX_VALUE - 1, 4);

        assertThat(verdict(0, 2, 1)).isEqualTo(FITS);
        assertThat(verdict(0, Integer.MAX_VALUE - 1, 4)).isInstanceOf(SequenceVerdict.Repeats.class);
    }

    @Test
    void anEpochThatIsOverIsRefused() {
        write(5, 0, 1);

        assertThat(verdict(4, 1, 1)).isEqualTo(new SequenceVerdict.OldEpoch((short) 5));
        assertThat(verdict(4, 0, 1)).isEqualTo(new SequenceVerdict.OldEpoch((short) 5));
    }

    @Test
    void aNewEpochBeginsWithZero() {
        write(5, 0, 1);

        assertThat(verdict(6, 1, 1)).isEqualTo(new SequenceVerdict.OutOfOrder(0));
        assertThat(verdict(6, 0, 1)).isEqualTo(FITS);
    }

    @Test
    void aNewEpochForgetsTheBatchesOfTheOldOne() {
        write(5, 0, 1);
        write(5, 1, 1);
        write(6, 0, 1);

        assertThat(verdict(6, 0, 1)).isEqualTo(new SequenceVerdict.Repeats(new ProducerBatch(0, 0, 2, 1_000, false)));
        assertThat(verdict(6, 1, 1)).isEqualTo(FITS);
    }

    @Test
    void anUnknownProducerBeginsAnywhere() {
        assertThat(verdict(3, 77, 2)).isEqualTo(FITS);
    }

    @Test
    void whoHasNoIdIsNotCounted() {
        RecordBatch nobodys = RecordBatch.at(SmallBatches.of(1000, "a"));
        producers.note(nobodys, 0, 10);

        assertThat(producers.count()).isZero();
        assertThat(producers.verdictOn(nobodys)).isEqualTo(FITS);
    }

    @Test
    void aCutTakesBackWhatItCuts() {
        write(0, 0, 1);
        write(0, 1, 1);
        write(0, 2, 1);

        assertThat(producers.cutAt(1)).isTrue();

        assertThat(verdict(0, 1, 1)).isEqualTo(FITS);
        assertThat(verdict(0, 0, 1)).isInstanceOf(SequenceVerdict.Repeats.class);
    }

    @Test
    void aProducerWhoseFirstBatchIsCutIsUnknown() {
        write(0, 0, 1);

        assertThat(producers.cutAt(0)).isTrue();

        assertThat(producers.count()).isZero();
    }

    @Test
    void aCutOfAllThatIsRememberedLeavesNothingCertain() {
        for (int i = 0; i < 7; i++) {
            write(0, i, 1);
        }

        assertThat(producers.cutAt(2)).isFalse();
    }

    @Test
    void aCutOfAnEpochLeavesTheOneBeforeUncertain() {
        write(0, 0, 1);
        write(1, 0, 1);

        assertThat(producers.cutAt(1)).isFalse();
    }

    @Test
    void whoIsIdleForLongIsForgotten() {
        producers.note(batch(1, 0, 0, 1), 1_000, 10);
        producers.note(batch(2, 0, 0, 1), 2_000, 10);

        producers.expire(2_500, 1_500);

        assertThat(producers.count()).isEqualTo(1);
        assertThat(producers.verdictOn(batch(2, 0, 0, 1))).isInstanceOf(SequenceVerdict.Repeats.class);
    }

    @Test
    void whoWasFoundInTheLogIsHeardAtTheFirstLook() {
        producers.noteFound(batch(1, 0, 0, 1), 10);

        producers.expire(1_000_000, 1_000);
        assertThat(producers.count()).isEqualTo(1);
        producers.expire(1_001_000, 1_000);
        assertThat(producers.count()).isZero();
    }

    @Test
    void aClockThatJumpsMakesNobodyForgotten() {
        long day = 24L * 60 * 60 * 1000;
        producers.note(batch(1, 0, 0, 1), 1_000, 10);

        producers.expire(1_000 + 365 * day, day);
        producers.expire(5, day);
        producers.expire(1_000 + 365 * day, day);

        assertThat(producers.count()).isEqualTo(1);
    }

    @Test
    void whoWasIdleLongestGoesFirstWhenThereAreTooMany() {
        producers.note(batch(1, 0, 0, 1), 0, 2);
        producers.note(batch(2, 0, 0, 1), 0, 2);
        producers.note(batch(1, 0, 1, 1), 0, 2);
        producers.note(batch(3, 0, 0, 1), 0, 2);

        assertThat(producers.count()).isEqualTo(2);
        assertThat(producers.verdictOn(batch(2, 0, 0, 1))).isEqualTo(FITS);
        assertThat(producers.verdictOn(batch(1, 0, 1, 1))).isInstanceOf(SequenceVerdict.Repeats.class);
    }

    @Test
    void aSnapshotSaysTheSame() {
        for (int i = 0; i < 7; i++) {
            write(i < 4 ? 0 : 1, i < 4 ? i : i - 4, 1);
            producers.note(batch(100 + i, 0, i, 2), 5, 100);
        }
        var content = ProducerSnapshot.of(producers, 7, 3).content();
        var read = SnapshotFormat.decode(content).orElseThrow();
        KnownProducers restored = new KnownProducers();
        restored.restore(read.ageMillis(), read.producers());

        assertThat(read.offset()).isEqualTo(7);
        assertThat(read.leaderEpoch()).isEqualTo(3);
        assertThat(ProducerSnapshot.of(restored, 7, 3).content()).isEqualTo(content.rewind());
        assertThat(restored.count()).isEqualTo(8);
    }

    @Test
    void aSnapshotWithAnyOtherBitIsNone() {
        write(0, 0, 1);
        var content = ProducerSnapshot.of(producers, 1, 0).content();
        for (int bit = 0; bit < 8 * content.limit(); bit++) {
            ByteBuffer damaged = ByteBuffer.allocate(content.limit()).put(0, content, 0, content.limit());
            damaged.put(bit / 8, (byte) (damaged.get(bit / 8) ^ (1 << (bit % 8))));

            assertThat(SnapshotFormat.decode(damaged)).isEmpty();
        }
        assertThat(SnapshotFormat.decode(ByteBuffer.allocate(3))).isEmpty();
    }

    private void write(int epoch, int sequence, int records) {
        RecordBatch batch = batch(PRODUCER, epoch, sequence, records);
        batch.assign(end, 0);
        end = batch.nextOffset();
        producers.note(batch, 0, 1_000);
    }

    private SequenceVerdict verdict(int epoch, int sequence, int records) {
        return producers.verdictOn(batch(PRODUCER, epoch, sequence, records));
    }

    private static RecordBatch batch(long producer, int epoch, int sequence, int records) {
        String[] values = new String[records];
        Arrays.fill(values, "a");
        return RecordBatch.at(SmallBatches.by(producer, epoch, sequence, values));
    }
}
