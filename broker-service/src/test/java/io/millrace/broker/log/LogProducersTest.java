package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.log.producers.KnownProducers;
import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.log.producers.ProducerSnapshot;
import io.millrace.broker.log.producers.SequenceVerdict;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a log knows of its producers survives whatever the log survives. */
class LogProducersTest {
    private static final Path DIRECTORY = Path.of("/data/orders-0");
    private static final long EARLY = 1;
    private static final long IDLE_MILLIS = 10_000;
    private static final LogOptions OPTIONS =
            new LogOptions(1000, 1_000_000, 150, 1000, 5_000, -1, 0, new ProducerLimits(IDLE_MILLIS, 100));

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private PartitionLog log;

    @BeforeEach
    void writeSomeSegments() throws IOException {
        disk.createDirectories(Path.of("/data"));
        disk.syncDirectory(Path.of("/"));
        log = open();
        append(early(0), 0);
        fill(40);
        sync();
    }

    @Test
    void anOrderlyCloseKeepsThem() throws IOException {
        log.close();
        log = open();

        assertThat(log.opened().closedInOrder()).isTrue();
        assertAllIsKnown();
    }

    @Test
    void aLossOfPowerKeepsThem() throws IOException {
        disk.restart(PowerLoss.LOSES_ALL);
        log = open();

        assertThat(log.opened().closedInOrder()).isFalse();
        assertAllIsKnown();
    }

    @Test
    void whatRetentionDropsIsNotForgotten() throws IOException {
        log.deleteOldSegments(6_500, log.logEndOffset());
        sync();
        assertThat(log.logStartOffset()).isPositive();
        assertAllIsKnown();

        disk.restart(PowerLoss.LOSES_ALL);
        log = open();

        assertAllIsKnown();
    }

    @Test
    void noMoreIsReadThanTheLastSegment() throws IOException {
        fill(1);
        sync(); // and with it the recovery point that the sync before has moved
        disk.restart(PowerLoss.LOSES_ALL);
        overwrite("00000000000000000000.log", 43, 8);
        log = open();

        assertThat(log.producers().verdictOn(early(0))).isInstanceOf(SequenceVerdict.Repeats.class);
    }

    @Test
    void damagedSnapshotsAreMadeAnewFromTheBatches() throws IOException {
        log.close();
        for (String name : snapshots()) {
            overwrite(name, 20, 3);
        }
        log = open();
        assertAllIsKnown();
        log.close();
        log = open();

        assertAllIsKnown();
    }

    @Test
    void missingSnapshotsAreMadeAnewFromTheBatches() throws IOException {
        disk.restart(PowerLoss.LOSES_ALL);
        for (String name : snapshots()) {
            disk.delete(DIRECTORY.resolve(name));
        }
        log = open();

        assertAllIsKnown();
    }

    @Test
    void aCutIsFollowedHoweverFarItGoes() throws IOException {
        for (long offset = log.logEndOffset() - 1; offset > 1; offset -= 3) {
            log.truncateTo(offset, 0);

            assertAllIsKnown();
        }
        assertThat(snapshots()).allMatch(name -> Long.parseLong(name.substring(0, 20)) <= log.logEndOffset());
    }

    @Test
    void aSyncThatWasUnderWayDuringACutLeavesNoSnapshotOfWhatWasCut() throws IOException {
        fill(20);
        long cut = 41;
        PendingSync pending = log.pendingSync().orElseThrow();
        log.truncateTo(cut, 0);
        pending.run();
        log.syncedUpTo(pending.endOffset());
        sync();

        assertThat(snapshots()).allMatch(name -> Long.parseLong(name.substring(0, 20)) <= cut);
        assertAllIsKnown();
    }

    @Test
    void aSnapshotOfAnotherHistoryIsNotTaken() throws IOException {
        long end = log.logEndOffset();
        log.close();
        log = open();
        log.truncateTo(5, 0);
        ByteBuffer foreign = snapshotAt(end);
        while (log.logEndOffset() < end) {
            append(TestBatches.batch(log.logEndOffset(), 1, 50, TestBatches.EPOCH + 1), 0);
        }
        sync();
        disk.restart(PowerLoss.LOSES_ALL);
        put(end, foreign);
        log = open();

        assertAllIsKnown();
    }

    @Test
    void aLogThatBeginsAnewKnowsNobody() throws IOException {
        log.restartAt(500, 0);

        assertThat(log.producers().verdictOn(early(0))).isEqualTo(SequenceVerdict.Fits.FITS);
        append(TestBatches.batch(500, 2), 0);
        sync();
        disk.restart(PowerLoss.LOSES_ALL);
        log = open();

        assertThat(log.producers().verdictOn(early(0))).isEqualTo(SequenceVerdict.Fits.FITS);
        LogInspection.check(log);
    }

    @Test
    void aFollowerKnowsWhatItCopied() throws IOException {
        List<RecordBatch> batches = LogInspection.batches(log, 1 << 20);
        PartitionLog copy = PartitionLog.open(disk, Path.of("/data/orders-1"), OPTIONS, LogObserver.NONE);
        for (RecordBatch batch : batches) {
            copy.appendAsFollower(batch.buffer(), TestBatches.EPOCH, 0);
        }

        LogInspection.checkProducers(copy, batches.subList(1, batches.size()));
        assertThat(copy.producers().verdictOn(early(0))).isInstanceOf(SequenceVerdict.Repeats.class);
    }

    @Test
    void whoIsIdleForLongIsForgotten() throws IOException {
        fill(1, 8_000);

        log.deleteOldSegments(IDLE_MILLIS - 1, 0);
        assertThat(log.producers().verdictOn(early(0))).isInstanceOf(SequenceVerdict.Repeats.class);
        log.deleteOldSegments(IDLE_MILLIS, 0);

        assertThat(log.producers().verdictOn(early(0))).isEqualTo(SequenceVerdict.Fits.FITS);
    }

    private void assertAllIsKnown() throws IOException {
        assertThat(log.producers().verdictOn(early(0))).isInstanceOf(SequenceVerdict.Repeats.class);
        assertThat(log.producers().verdictOn(early(1))).isEqualTo(SequenceVerdict.Fits.FITS);
        List<RecordBatch> batches = LogInspection.batches(log, 1 << 20);
        LogInspection.checkProducers(
                log,
                batches.stream()
                        .filter(batch -> batch.producerId() == TestBatches.PRODUCER)
                        .toList());
    }

    /** A producer that wrote one batch, at the beginning. */
    private static RecordBatch early(int sequence) {
        return RecordBatch.at(SmallBatches.by(EARLY, 0, sequence, "a"));
    }

    private void fill(int batches) throws IOException {
        fill(batches, 0);
    }

    private void fill(int batches, long nowMillis) throws IOException {
        for (int i = 0; i < batches; i++) {
            append(TestBatches.batch(log.logEndOffset(), 1, 50, TestBatches.EPOCH), nowMillis);
        }
    }

    private void append(RecordBatch batch, long nowMillis) throws IOException {
        batch.assign(log.logEndOffset(), batch.leaderEpoch() < 0 ? TestBatches.EPOCH : batch.leaderEpoch());
        log.append(batch, nowMillis);
    }

    private void sync() throws IOException {
        PendingSync pending = log.pendingSync().orElse(null);
        if (pending != null) {
            pending.run();
            log.syncedUpTo(pending.endOffset());
        }
    }

    private PartitionLog open() throws IOException {
        return PartitionLog.open(disk, DIRECTORY, OPTIONS, LogObserver.NONE);
    }

    private List<String> snapshots() throws IOException {
        return disk.list(DIRECTORY).stream()
                .filter(name -> name.endsWith(".producers"))
                .toList();
    }

    private ByteBuffer snapshotAt(long offset) {
        // Of nobody, and of an epoch that the log does not have there any more.
        return ProducerSnapshot.of(new KnownProducers(), offset, TestBatches.EPOCH)
                .content();
    }

    private void put(long offset, ByteBuffer content) throws IOException {
        try (DiskFile file = disk.open(DIRECTORY.resolve("%020d.producers".formatted(offset)))) {
            file.truncate(0);
            file.write(content, 0);
        }
    }

    private void overwrite(String name, long position, int bytes) throws IOException {
        try (DiskFile file = disk.open(DIRECTORY.resolve(name))) {
            ByteBuffer damage = ByteBuffer.allocate(bytes);
            file.read(damage, position);
            for (int i = 0; i < bytes; i++) {
                damage.put(i, (byte) ~damage.get(i));
            }
            file.write(damage.rewind(), position);
        }
    }
}
