package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.log.epochs.EpochEnd;
import io.millrace.broker.log.segment.TimestampedOffset;
import io.millrace.core.api.RecordsSlice;
import io.millrace.core.environment.Disk;
import io.millrace.core.environment.live.FileDisk;
import io.millrace.core.records.RecordBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log on the real disk. */
final class PartitionLogTest {
    private static final LogOptions SMALL = new LogOptions(1000, 1_000_000, 100, 1000, -1, -1, 60_000);
    private static final long WITHOUT_LIMIT = Long.MAX_VALUE;

    private final Disk disk = new FileDisk();

    @TempDir
    Path directory;

    private PartitionLog log;

    @BeforeEach
    void open() throws IOException {
        log = PartitionLog.open(disk, directory.resolve("t-0"), SMALL, LogObserver.NONE);
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    @Test
    void aNewLogIsEmpty() throws IOException {
        assertThat(log.logStartOffset()).isZero();
        assertThat(log.logEndOffset()).isZero();
        assertThat(log.read(0, 100, WITHOUT_LIMIT).sizeInBytes()).isZero();
        assertThat(log.offsetForTimestamp(0)).isEmpty();
        assertThat(log.offsetOfMaxTimestamp()).isEmpty();
        assertThat(log.latestEpoch()).isEmpty();
        assertThat(log.pendingSync()).isEmpty();
    }

    @Test
    void whatWasAppendedIsFoundAcrossSegmentsAndRestarts() throws IOException {
        append(100);
        LogInspection.check(log);
        assertThat(log.segmentCount()).isGreaterThan(5);

        restart();

        assertThat(LogInspection.batches(log, 1)).hasSize(100);
        assertThat(log.durableEndOffset()).isEqualTo(300);
        LogInspection.check(log);
    }

    @Test
    void aReadStopsBeforeItsLimitAndBehindTheFirstBatchThatExceedsItsBytes() throws IOException {
        append(4);
        int size = TestBatches.batch(3, 3).sizeInBytes();

        assertThat(log.read(4, 1, WITHOUT_LIMIT).sizeInBytes()).isEqualTo(size);
        assertThat(log.read(4, 1 << 20, 9).sizeInBytes()).isEqualTo(2 * size);
        assertThat(log.read(4, size + 5, WITHOUT_LIMIT).sizeInBytes()).isEqualTo(size + 5);
        assertThat(log.read(4, 1 << 20, 4).sizeInBytes()).isZero();
        assertThat(log.read(12, 1 << 20, WITHOUT_LIMIT).sizeInBytes()).isZero();
    }

    @Test
    void offsetsOutsideTheLogAreTheCallersFault() throws IOException {
        append(1);
        assertThatThrownBy(() -> log.read(4, 1, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.append(TestBatches.batch(7, 1), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.advanceStart(4)).isInstanceOf(IllegalArgumentException.class);
        append(1);
        assertThat(log.logEndOffset()).isEqualTo(6);
    }

    @Test
    void aSliceGoesToAChannelInPieces() throws IOException {
        append(2);
        RecordsSlice slice = log.read(0, 1 << 20, WITHOUT_LIMIT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        long sent = slice.transferTo(100, Channels.newChannel(out));

        assertThat(sent).isEqualTo(slice.sizeInBytes() - 100);
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(slice.read().array(), 100, slice.sizeInBytes()));
    }

    @Test
    void aSegmentIsRolledWhenANewTimestampIsTooFarFromItsFirst() throws IOException {
        log.append(TestBatches.at(0, 5_000, 0), 0);
        log.append(TestBatches.at(1, 1_005_000, 0), 0);
        assertThat(log.segmentCount()).isEqualTo(1);

        log.append(TestBatches.at(2, 1_005_001, 0), 0);

        assertThat(log.segmentCount()).isEqualTo(2);
    }

    @Test
    void aSegmentWithoutTimestampsIsRolledByTheClock() throws IOException {
        log.append(TestBatches.at(0, -1, 0), 1_000);
        log.append(TestBatches.at(1, -1, 0), 1_000);
        log.append(TestBatches.at(2, -1, 0), 1_001_000);
        assertThat(log.segmentCount()).isEqualTo(1);

        log.append(TestBatches.at(3, -1, 0), 1_001_001);

        assertThat(log.segmentCount()).isEqualTo(2);
    }

    @Test
    void aSegmentIsRolledWhenAnIndexIsFull() throws IOException {
        log.configure(new LogOptions(1 << 30, WITHOUT_LIMIT, 1, 60, -1, -1, 0));

        append(10);

        assertThat(log.segmentCount()).isEqualTo(2);
        LogInspection.check(log);
    }

    @Test
    void aSegmentIsRolledWhenARelativeOffsetWouldNotFit() throws IOException {
        log.configure(new LogOptions(1 << 30, WITHOUT_LIMIT, 1, 1000, -1, -1, 0));
        for (int i = 0; i < 3; i++) {
            RecordBatch wide = TestBatches.batch(0, 1);
            wide.buffer().putInt(23, Integer.MAX_VALUE / 2);
            wide.stampLogAppendTime(0); // renews the CRC
            wide.assign(log.logEndOffset(), 0);
            log.append(wide, 0);
        }
        assertThat(log.segmentCount()).isEqualTo(2);
        assertThat(RecordBatch.at(log.read(2_500_000_000L, 1, WITHOUT_LIMIT).read())
                        .baseOffset())
                .isEqualTo(2 * (Integer.MAX_VALUE / 2 + 1L));
    }

    @Test
    void timestampsNeedNotRise() throws IOException {
        long[] timestamps = {50, 20, 90, 30, 90, 10, 60};
        for (int i = 0; i < timestamps.length; i++) {
            log.append(TestBatches.at(i, timestamps[i], 200), 0);
        }

        assertThat(log.offsetForTimestamp(15)).hasValue(new TimestampedOffset(0, 50, TestBatches.EPOCH));
        assertThat(log.offsetForTimestamp(51)).hasValue(new TimestampedOffset(2, 90, TestBatches.EPOCH));
        assertThat(log.offsetForTimestamp(91)).isEmpty();
        assertThat(log.offsetOfMaxTimestamp()).hasValue(new TimestampedOffset(2, 90, TestBatches.EPOCH));
        log.advanceStart(3);
        assertThat(log.offsetForTimestamp(0)).hasValue(new TimestampedOffset(3, 30, TestBatches.EPOCH));
        assertThat(log.offsetOfMaxTimestamp()).hasValue(new TimestampedOffset(4, 90, TestBatches.EPOCH));
        log.advanceStart(5);
        assertThat(log.offsetOfMaxTimestamp()).hasValue(new TimestampedOffset(6, 60, TestBatches.EPOCH));
    }

    @Test
    void appendsGoOnWhileASyncIsUnderWay() throws IOException {
        append(3);
        PendingSync pending = log.pendingSync().orElseThrow();
        append(2);
        assertThatThrownBy(log::pendingSync).isInstanceOf(IllegalStateException.class);

        pending.run();

        assertThat(log.durableEndOffset()).isZero();
        assertThat(log.syncedUpTo(pending.endOffset())).isEqualTo(9);
        assertThat(log.pendingSync().orElseThrow().endOffset()).isEqualTo(15);
        log.syncedUpTo(15);
        assertThat(log.pendingSync()).isEmpty();
    }

    @Test
    void aSyncThatATruncationOvertookCountsForWhatIsLeftOnly() throws IOException {
        append(10);
        PendingSync pending = log.pendingSync().orElseThrow();
        log.truncateTo(12, 0);
        append(5);

        pending.run();

        assertThat(log.syncedUpTo(30)).isEqualTo(12);
    }

    @Test
    void truncationCutsTheBatchThatHoldsTheOffsetAndForgetsLaterEpochs() throws IOException {
        append(10);
        log.append(TestBatches.batch(30, 3, 0, 8), 0);
        log.append(TestBatches.batch(33, 3, 0, 9), 0);
        assertThat(log.endOfEpoch(8)).hasValue(new EpochEnd(8, 33));
        assertThat(log.endOfEpoch(7)).hasValue(new EpochEnd(TestBatches.EPOCH, 30));
        assertThat(log.endOfEpoch(100)).hasValue(new EpochEnd(9, 36));
        assertThat(log.endOfEpoch(1)).isEmpty();

        assertThat(log.truncateTo(34, 0)).isEqualTo(33);

        assertThat(log.latestEpoch()).hasValue(8);
        LogInspection.check(log);
        log.append(TestBatches.batch(33, 3, 0, 10), 0);
        restart();
        assertThat(log.logEndOffset()).isEqualTo(36);
        LogInspection.check(log);
    }

    @Test
    void deletedRecordsStayDeletedAfterARestart() throws IOException {
        append(100);
        log.advanceStart(100);
        restart();

        assertThat(log.logStartOffset()).isEqualTo(100);
        assertThat(LogInspection.batches(log, 1).getFirst().baseOffset()).isEqualTo(99);
        LogInspection.check(log);
    }

    @Test
    void aLogRestartedElsewhereHoldsNothing() throws IOException {
        append(100);
        log.restartAt(1000, 0);

        assertThat(List.of(log.logStartOffset(), log.logEndOffset(), log.durableEndOffset()))
                .containsOnly(1000L);
        append(2);
        restart();
        LogInspection.check(log);
    }

    private void append(int batches) throws IOException {
        for (int i = 0; i < batches; i++) {
            log.append(TestBatches.batch(log.logEndOffset(), 3), 0);
        }
    }

    private void restart() throws IOException {
        close();
        open();
    }
}
