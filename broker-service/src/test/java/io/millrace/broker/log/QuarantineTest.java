package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.simulated.PowerIsOffException;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A damaged log is cut before the damage, loses nothing that is sound before it, and keeps the rest aside. */
final class QuarantineTest {
    private static final Path DIRECTORY = Path.of("/data/t-0");
    private static final LogOptions OPTIONS = new LogOptions(1500, Long.MAX_VALUE, 300, 1 << 20, -1, -1, 1000);
    private static final int BATCHES = 30;
    private static final int DAMAGED = 14;

    private final List<RecordBatch> batches = new ArrayList<>();
    private Path damagedFile = DIRECTORY;
    private int damagedPosition;

    @Test
    void theDamagedBatchAndAllLaterOnesGoAndTheLogIsWrittenAnew() throws IOException {
        SimulatedDisk disk = disk(1);
        PartitionLog log = damagedLog(disk);
        long offset = batches.get(DAMAGED).baseOffset();

        assertThat(log.quarantine(offset + 1, 0)).isEqualTo(offset);

        assertThat(log.durableEndOffset()).isEqualTo(offset);
        assertThat(LogInspection.batches(log, 500)).hasSize(DAMAGED);
        LogInspection.check(log);
        batches.subList(DAMAGED, BATCHES).forEach(batch -> append(log, batch));
        LogInspection.check(log);
        log.close();
        try (PartitionLog again = open(disk, 0)) {
            assertThat(LogInspection.batches(again, 500)).hasSize(BATCHES);
            LogInspection.check(again);
        }
        assertThat(keptBytes(disk)).isEqualTo(bytes(DAMAGED));
    }

    @Test
    void offsetsOutsideTheLogAreTheCallersFault() throws IOException {
        PartitionLog log = damagedLog(disk(1));

        assertThatThrownBy(() -> log.quarantine(log.logEndOffset(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void damageInFrontOfTheLogStartEmptiesTheLog() throws IOException {
        SimulatedDisk disk = disk(1);
        PartitionLog log = damagedLog(disk);
        long start = batches.get(DAMAGED).nextOffset();
        log.advanceStart(start);

        assertThat(log.quarantine(start, 0)).isEqualTo(start);

        assertThat(log.logStartOffset()).isEqualTo(start);
        append(log, TestBatches.batch(start, 1));
        log.close();
        try (PartitionLog again = open(disk, 0)) {
            assertThat(again.logEndOffset()).isEqualTo(start + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"LOSES_ALL, 1", "LOSES_NOTHING, 1", "KEEPS_A_PREFIX, 1", "KEEPS_ANY, 1", "KEEPS_ANY, 2", "KEEPS_ANY, 3"
    })
    void whereverThePowerGoesNothingSoundBeforeTheDamageIsLostAndTheRestIsKept(PowerLoss loss, int seed)
            throws IOException {
        long operations = operationsOfQuarantine();
        for (long point = 1; point <= operations; point++) {
            SimulatedDisk disk = disk(seed * 1_000_003L + point);
            PartitionLog log = damagedLog(disk);
            long end = log.logEndOffset();
            disk.cutPowerAfter(disk.operations() + point);
            untilThePowerGoes(() -> log.quarantine(batches.get(DAMAGED).baseOffset(), 0));
            disk.restart(loss);
            disk.cutPowerAfter(disk.operations() + (seed + point) % 23);
            untilThePowerGoes(() -> open(disk, end).close());
            disk.restart(loss);

            assertSoundAndKept(disk, end, "power cut after operation %d, %s, seed %d".formatted(point, loss, seed));
        }
    }

    private void assertSoundAndKept(SimulatedDisk disk, long end, String what) throws IOException {
        try (PartitionLog log = open(disk, end)) {
            List<ByteBuffer> found = new ArrayList<>();
            if (log.logEndOffset() == end) {
                assertThat(log.damageAt(batches.get(DAMAGED).baseOffset()))
                        .as(what)
                        .isPresent();
                log.quarantine(batches.get(DAMAGED).baseOffset(), 0);
            }
            LogInspection.batches(log, 500).forEach(batch -> found.add(batch.buffer()));
            assertThat(found)
                    .as(what)
                    .isEqualTo(batches.subList(0, DAMAGED).stream()
                            .map(RecordBatch::buffer)
                            .toList());
            LogInspection.check(log);
            assertThat(keptBytes(disk)).as(what).isGreaterThanOrEqualTo(bytes(DAMAGED));
        }
    }

    @Test
    void recoveryKeepsAsideWhatWasDurableOnceAndIsDamaged() throws IOException {
        SimulatedDisk disk = disk(1);
        damagedLog(disk);
        long end = batches.getLast().nextOffset();
        disk.restart(PowerLoss.LOSES_ALL);
        new CheckpointReset(disk).run();

        try (PartitionLog log = open(disk, end)) {
            assertThat(log.opened().endOffset()).isEqualTo(batches.get(DAMAGED).baseOffset());
            assertThat(log.opened().cutBytes()).isEqualTo(bytes(DAMAGED));
        }
        assertThat(keptBytes(disk)).isEqualTo(bytes(DAMAGED));
    }

    @Test
    void aTornEndThatWasNeverDurableIsNotKept() throws IOException {
        SimulatedDisk disk = disk(1);
        damagedLog(disk);
        disk.restart(PowerLoss.LOSES_ALL);
        new CheckpointReset(disk).run();

        open(disk, batches.get(DAMAGED).baseOffset()).close();

        assertThat(keptBytes(disk)).isZero();
    }

    @Test
    void whatIsKeptGoesWhenItIsOldAndARestartBeginsTheTimeAnew() throws IOException {
        SimulatedDisk disk = disk(1);
        PartitionLog log = damagedLog(disk);
        log.quarantine(batches.get(DAMAGED).baseOffset(), 0);
        long week = Duration.ofDays(7).toMillis();
        log.deleteOldSegments(1, 0);
        log.deleteOldSegments(week + 1, 0);
        assertThat(keptBytes(disk)).isPositive();
        log.close();

        PartitionLog again = open(disk, 0);
        again.deleteOldSegments(week + 2, 0);
        assertThat(keptBytes(disk)).isPositive();
        again.deleteOldSegments(2 * week + 3, 0);

        assertThat(keptBytes(disk)).isZero();
    }

    @Test
    void ofManyPartsTheNewestAreKept() throws IOException {
        SimulatedDisk disk = disk(1);
        PartitionLog log = damagedLog(disk);
        for (int i = 0; i < 12; i++) {
            long last = log.logEndOffset() - 1;
            log.quarantine(last, i);
        }
        log.deleteOldSegments(20, 0);

        assertThat(disk.list(DIRECTORY).stream().filter(name -> name.endsWith(".damaged")))
                .hasSize(10)
                .noneMatch(name -> name.endsWith(".0.damaged") || name.endsWith(".1.damaged"))
                .anyMatch(name -> name.endsWith(".11.damaged"));
    }

    private static void append(PartitionLog log, RecordBatch batch) {
        try {
            log.append(batch, 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Batches over several segments, all durable, of which one in the middle of its segment is damaged. */
    private PartitionLog damagedLog(SimulatedDisk disk) throws IOException {
        PartitionLog log = open(disk, 0);
        batches.clear();
        int position = 0;
        for (int i = 0; i < BATCHES; i++) {
            RecordBatch batch = TestBatches.batch(log.logEndOffset(), 1 + i % 3, i * 53 % 170, 1);
            int segments = log.segmentCount();
            log.append(batch, 0);
            position = log.segmentCount() > segments ? 0 : position;
            if (position == 0) {
                damagedFile = i > DAMAGED ? damagedFile : DIRECTORY.resolve("%020d.log".formatted(batch.baseOffset()));
            }
            damagedPosition = i == DAMAGED ? position : damagedPosition;
            position += batch.sizeInBytes();
            batches.add(batch);
        }
        PendingSync pending = log.pendingSync().orElseThrow();
        pending.run();
        log.syncedUpTo(pending.endOffset());
        assertThat(damagedPosition).isPositive();
        disk.flipBit(damagedFile, damagedPosition + 65, 2);
        return log;
    }

    /** Has recovery look at all segments. */
    private record CheckpointReset(SimulatedDisk disk) {
        void run() throws IOException {
            disk.delete(DIRECTORY.resolve(CheckpointFile.NAME));
        }
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

    private long bytes(int from) {
        return batches.subList(from, BATCHES).stream()
                .mapToLong(RecordBatch::sizeInBytes)
                .sum();
    }

    private static long keptBytes(SimulatedDisk disk) throws IOException {
        long bytes = 0;
        for (String name : disk.list(DIRECTORY)) {
            if (name.endsWith(".damaged")) {
                try (DiskFile file = disk.open(DIRECTORY.resolve(name))) {
                    bytes += file.size();
                }
            }
        }
        return bytes;
    }

    private long operationsOfQuarantine() throws IOException {
        SimulatedDisk disk = disk(0);
        PartitionLog log = damagedLog(disk);
        long before = disk.operations();
        log.quarantine(batches.get(DAMAGED).baseOffset(), 0);
        return disk.operations() - before;
    }

    private static SimulatedDisk disk(long seed) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(seed);
        disk.createDirectories(Path.of("/data"));
        disk.syncDirectory(Path.of("/"));
        return disk;
    }

    private static PartitionLog open(SimulatedDisk disk, long knownDurableEnd) throws IOException {
        return PartitionLog.open(disk, DIRECTORY, OPTIONS, LogObserver.NONE, knownDurableEnd);
    }
}
