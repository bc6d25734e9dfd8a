package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.simulated.PowerIsOffException;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cuts the power after every single disk operation of a workload. A failure names the crash point and the seed. */
final class CrashPointsTest {
    @ParameterizedTest
    @CsvSource({"LOSES_ALL, 1", "LOSES_NOTHING, 1", "KEEPS_A_PREFIX, 1", "KEEPS_ANY, 1", "KEEPS_ANY, 2", "KEEPS_ANY, 3"
    })
    void nothingAcknowledgedIsLostWhereverThePowerGoes(PowerLoss loss, int seed) throws IOException {
        long operations = operationsOfWholeWorkload();
        for (long point = 1; point <= operations; point++) {
            try {
                crashAndRecover(point, loss, seed * 1_000_003L + point);
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "power cut after disk operation %d of %d, %s, seed %d: %s"
                                .formatted(point, operations, loss, seed, e),
                        e);
            }
        }
    }

    private static void crashAndRecover(long point, PowerLoss loss, long seed) throws IOException {
        SimulatedDisk disk = disk(seed);
        LogWorkload workload = new LogWorkload(disk);
        disk.cutPowerAfter(disk.operations() + point);
        untilThePowerGoes(workload::run);
        disk.restart(loss);

        disk.cutPowerAfter(disk.operations() + seed % 19);
        untilThePowerGoes(() -> open(disk).close());
        disk.restart(loss);

        List<ByteBuffer> recovered = recoveredAsPromised(disk, workload);
        disk.restart(PowerLoss.LOSES_ALL);
        goesOn(disk, recovered);
    }

    private static List<ByteBuffer> recoveredAsPromised(SimulatedDisk disk, LogWorkload workload) throws IOException {
        PartitionLog log = open(disk);
        List<RecordBatch> found = LogInspection.batches(log, 300);
        assertThat(workload.possible())
                .as("states that admit %d to %d", log.logStartOffset(), log.logEndOffset())
                .anyMatch(state -> state.admits(log.logStartOffset(), log.logEndOffset(), found));
        assertThat(log.durableEndOffset()).isEqualTo(log.logEndOffset());
        LogInspection.check(log);
        return contents(found);
    }

    /** What recovery gave out survives the next loss, is appended to, and after an orderly close opens without a scan. */
    private static void goesOn(SimulatedDisk disk, List<ByteBuffer> recovered) throws IOException {
        try (PartitionLog log = open(disk)) {
            assertThat(contents(LogInspection.batches(log, 1 << 20))).isEqualTo(recovered);
            for (int i = 0; i < 4; i++) {
                log.append(TestBatches.batch(log.logEndOffset(), 2, 300, 9), 0);
            }
        }
        LogObserver noScan = new LogObserver() {
            @Override
            public void recovered(long scannedBytes, long cutBytes) {
                throw new AssertionError("a log closed in order was scanned");
            }
        };
        try (PartitionLog log = PartitionLog.open(disk, LogWorkload.DIRECTORY, LogWorkload.OPTIONS, noScan)) {
            assertThat(LogInspection.batches(log, 300)).hasSize(recovered.size() + 4);
            LogInspection.check(log);
        }
    }

    private static List<ByteBuffer> contents(List<RecordBatch> batches) {
        return batches.stream().map(RecordBatch::buffer).toList();
    }

    private interface Life {
        void run() throws IOException;
    }

    private static void untilThePowerGoes(Life life) throws IOException {
        try {
            life.run();
        } catch (PowerIsOffException | LogFailedException expected) {
            assertThat(expected).isNotNull();
        }
    }

    private static PartitionLog open(SimulatedDisk disk) throws IOException {
        return PartitionLog.open(disk, LogWorkload.DIRECTORY, LogWorkload.OPTIONS, LogObserver.NONE);
    }

    private static long operationsOfWholeWorkload() throws IOException {
        SimulatedDisk disk = disk(0);
        long before = disk.operations();
        new LogWorkload(disk).run();
        return disk.operations() - before;
    }

    private static SimulatedDisk disk(long seed) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(seed);
        disk.createDirectories(Path.of("/data"));
        disk.syncDirectory(Path.of("/"));
        return disk;
    }
}
