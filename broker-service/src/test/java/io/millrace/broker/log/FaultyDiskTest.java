package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.api.RecordsSlice;
import io.millrace.core.environment.DiskFullException;
import io.millrace.core.environment.simulated.DiskOperation;
import io.millrace.core.environment.simulated.InjectedFailureException;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever the disk reports ends the log's use, and nothing that was durable before is lost by it. */
final class FaultyDiskTest {
    private static final Path DIRECTORY = Path.of("/data/t-0");
    private static final Path FIRST_LOG = DIRECTORY.resolve("00000000000000000000.log");
    private static final LogOptions OPTIONS = LogOptions.DEFAULTS;

    private final SimulatedDisk disk = new SimulatedDisk(7);

    @BeforeEach
    void createLogDirectory() throws IOException {
        disk.createDirectories(Path.of("/data"));
        disk.syncDirectory(Path.of("/"));
    }

    @Test
    void aSyncErrorEndsTheLogAndNoLaterSyncHidesIt() throws IOException {
        PartitionLog log = logWithTenDurableRecords();
        log.append(TestBatches.batch(10, 5), 0);
        PendingSync pending = log.pendingSync().orElseThrow();
        disk.failNext(DiskOperation.SYNC, ".log");

        assertThatThrownBy(pending::run).isInstanceOf(InjectedFailureException.class);

        assertThatThrownBy(() -> log.append(TestBatches.batch(15, 1), 0)).isInstanceOf(LogFailedException.class);
        assertThatThrownBy(log::pendingSync).isInstanceOf(LogFailedException.class);
        assertThatThrownBy(() -> log.syncedUpTo(15)).isInstanceOf(LogFailedException.class);
        assertThatThrownBy(() -> log.read(0, 1, 10)).isInstanceOf(LogFailedException.class);
        assertThat(log.durableEndOffset()).isEqualTo(10);
        log.close();
        disk.restart(PowerLoss.LOSES_ALL);
        assertThat(reopened().logEndOffset()).isEqualTo(10);
    }

    /** The system shows what a failed sync has dropped until it loses power: its memory holds it, and counts it as written. */
    @Test
    void whatAFailedSyncHasDroppedIsWrittenAgainWhenTheLogIsOpened() throws IOException {
        PartitionLog log = logWithTenDurableRecords();
        log.append(TestBatches.batch(10, 5), 0);
        PendingSync pending = log.pendingSync().orElseThrow();
        disk.failNext(DiskOperation.SYNC, ".log");
        assertThatThrownBy(pending::run).isInstanceOf(InjectedFailureException.class);
        disk.restart(PowerLoss.LOSES_NOTHING);

        assertThat(reopened().durableEndOffset()).isEqualTo(15);

        disk.restart(PowerLoss.LOSES_ALL);
        assertThat(reopened().logEndOffset()).isEqualTo(15);
    }

    @Test
    void aCutThatAFailedSyncHasDroppedIsMadeAgainWhenTheLogIsOpened() throws IOException {
        PartitionLog log = logWithTenDurableRecords();
        disk.failNext(DiskOperation.SYNC, ".log");
        assertThatThrownBy(() -> log.truncateTo(5, 0)).isInstanceOf(InjectedFailureException.class);
        disk.restart(PowerLoss.LOSES_NOTHING);

        assertThat(reopened().logEndOffset()).isEqualTo(5);

        disk.restart(PowerLoss.LOSES_ALL);
        assertThat(reopened().logEndOffset()).isEqualTo(5);
    }

    @Test
    void aFullDiskEndsTheLogAndLeavesNoHalfBatch() throws IOException {
        PartitionLog log = logWithTenDurableRecords();
        disk.limitTo(disk.usedBytes() + 50);

        assertThatThrownBy(() -> log.append(TestBatches.batch(10, 5), 0)).isInstanceOf(DiskFullException.class);

        assertThat(log.logEndOffset()).isEqualTo(10);
        assertThatThrownBy(() -> log.append(TestBatches.batch(10, 1), 0))
                .isInstanceOf(LogFailedException.class)
                .hasRootCauseInstanceOf(DiskFullException.class);
        log.close();
        disk.limitTo(Long.MAX_VALUE);
        try (PartitionLog again = reopened()) {
            assertThat(again.logEndOffset()).isEqualTo(10);
            again.append(TestBatches.batch(10, 5), 0);
            LogInspection.check(again);
        }
    }

    @Test
    void aWriteErrorEndsTheLog() throws IOException {
        PartitionLog log = logWithTenDurableRecords();
        disk.failNext(DiskOperation.WRITE, ".log");

        assertThatThrownBy(() -> log.append(TestBatches.batch(10, 5), 0)).isInstanceOf(InjectedFailureException.class);

        assertThatThrownBy(() -> log.truncateTo(5, 0)).isInstanceOf(LogFailedException.class);
        assertThatThrownBy(() -> log.deleteOldSegments(0, 10)).isInstanceOf(LogFailedException.class);
    }

    @Test
    void aReadErrorOfASliceIsItsReadersToReport() throws IOException {
        PartitionLog log = logWithTenDurableRecords();
        RecordsSlice slice = log.read(0, 1000, 10);
        disk.failNext(DiskOperation.READ, ".log");

        assertThatThrownBy(slice::read).isInstanceOf(InjectedFailureException.class);
    }

    @Test
    void aFailedLogIsNotMarkedAsClosedInOrder() throws IOException {
        PartitionLog log = logWithTenDurableRecords();
        disk.failNext(DiskOperation.WRITE, ".log");
        assertThatThrownBy(() -> log.append(TestBatches.batch(10, 5), 0)).isInstanceOf(IOException.class);
        log.close();
        Recoveries recoveries = new Recoveries();

        PartitionLog.open(disk, DIRECTORY, OPTIONS, recoveries).close();

        assertThat(recoveries.count).isEqualTo(1);
    }

    @Test
    void recoveryCutsTheLogWhereABitHasFlipped() throws IOException {
        logWithTenDurableRecords();
        disk.restart(PowerLoss.LOSES_ALL);
        int size = TestBatches.batch(0, 5).sizeInBytes();
        disk.flipBit(FIRST_LOG, size + 70, 3);
        Recoveries recoveries = new Recoveries();

        try (PartitionLog log = PartitionLog.open(disk, DIRECTORY, OPTIONS, recoveries)) {
            assertThat(log.logEndOffset()).isEqualTo(5);
            assertThat(recoveries.cutBytes).isEqualTo(size);
        }
    }

    @Test
    void aCheckpointSlotThatIsDamagedGivesWayToTheOther() throws IOException {
        PartitionLog log = logWithTenDurableRecords();
        log.advanceStart(3);
        log.advanceStart(7);
        disk.restart(PowerLoss.LOSES_ALL);
        disk.flipBit(DIRECTORY.resolve(CheckpointFile.NAME), 20, 0);

        assertThat(reopened().logStartOffset()).isIn(3L, 7L);
    }

    private static final class Recoveries implements LogObserver {
        private int count;
        private long cutBytes;

        @Override
        public void recovered(long scannedBytes, long cut) {
            count++;
            cutBytes += cut;
        }
    }

    private PartitionLog logWithTenDurableRecords() throws IOException {
        PartitionLog log = reopened();
        log.append(TestBatches.batch(0, 5), 0);
        log.append(TestBatches.batch(5, 5), 0);
        PendingSync pending = log.pendingSync().orElseThrow();
        pending.run();
        log.syncedUpTo(pending.endOffset());
        return log;
    }

    private PartitionLog reopened() throws IOException {
        return PartitionLog.open(disk, DIRECTORY, OPTIONS, LogObserver.NONE);
    }
}
