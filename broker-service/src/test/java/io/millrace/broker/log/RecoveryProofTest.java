package io.millrace.broker.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replica that lost what it held is found out, and one that did not is not. */
final class RecoveryProofTest {
    private static final Path DIRECTORY = Path.of("/data/t-0");

    private final SimulatedDisk disk = new SimulatedDisk(3);

    @BeforeEach
    void createDirectory() throws IOException {
        disk.createDirectories(Path.of("/data"));
        disk.syncDirectory(Path.of("/"));
    }

    @ParameterizedTest
    @CsvSource({
        // existed, in order, end, cut, high watermark, durable end, floor, holds, reason
        "false, false,   0,  0,   ,    ,   0, true,  an empty one was created",
        "false, false,   0,  0,  0,   0,   0, true,  That is all that it must hold",
        "false, false,   0,  0,   ,    ,   1, false, the controller recorded",
        "false, false,   0,  0,  0,  10,   0, false, It was once durable up to 10",
        "false, false,   0,  0,  5,   0,   0, false, Records before 5 were known here",
        "true,  true,  100,  0, 90, 100,  80, true,  closed in order and ends at offset 100",
        "true,  true,  100,  0,   ,    , 100, true,  Nothing is written down",
        "true,  true,   60,  0, 50, 100,  50, false, closed in order and ends at offset 60",
        "true,  true,   60,  0,   ,    ,  61, false, records before 61 are committed",
        "true,  false, 100,  0, 90, 100, 100, true,  lost no bytes",
        "true,  false, 100, 77, 90, 100, 100, true,  lost 77 bytes",
        "true,  false,  99, 77, 90, 100,  90, false, It was once durable up to 100",
        "true,  false,  99,  0, 90,  90, 100, false, the controller recorded",
        "true,  false,  99,  0, 100, 90,  90, false, Records before 100 were known here",
        "true,  false, 150,  0, 90, 100, 140, true,  That is all that it must hold",
        "true,  false, 100,  9,   ,    ,   0, true,  Nothing is written down",
    })
    void theEndOfTheLogMustReachAllThatIsKnown(
            boolean existed,
            boolean closedInOrder,
            long end,
            long cutBytes,
            @Nullable Long highWatermark,
            @Nullable Long durableEnd,
            long floor,
            boolean holds,
            String reason) {
        Optional<ReplicaMark> known = highWatermark == null || durableEnd == null
                ? Optional.empty()
                : Optional.of(new ReplicaMark(highWatermark, durableEnd));

        RecoveryProof proof = RecoveryProof.of(new OpenedLog(existed, closedInOrder, end, cutBytes), known, floor);

        assertThat(proof.holds()).isEqualTo(holds);
        assertThat(proof.reason()).containsIgnoringCase(reason).endsWith(".");
    }

    @Test
    void aNewLogSaysThatItIsNew() throws IOException {
        try (PartitionLog log = open()) {
            assertThat(log.opened()).isEqualTo(new OpenedLog(false, false, 0, 0));
        }
    }

    @Test
    void aLogThatWasClosedInOrderSaysSo() throws IOException {
        try (PartitionLog log = open()) {
            log.append(TestBatches.batch(0, 5), 0);
        }
        try (PartitionLog log = open()) {
            assertThat(log.opened()).isEqualTo(new OpenedLog(true, true, 5, 0));
        }
    }

    @Test
    void aLogThatWasClosedInOrderWhileEmptyExisted() throws IOException {
        open().close();
        try (PartitionLog log = open()) {
            assertThat(log.opened()).isEqualTo(new OpenedLog(true, true, 0, 0));
        }
    }

    @Test
    void aRecoveredLogTellsWhereItEndsAndWhatItLost() throws IOException {
        PartitionLog before = open();
        before.append(TestBatches.batch(0, 5), 0);
        PendingSync pending = before.pendingSync().orElseThrow();
        pending.run();
        before.syncedUpTo(pending.endOffset());
        before.append(TestBatches.batch(5, 5), 0);
        disk.restart(PowerLoss.LOSES_NOTHING);
        disk.flipBit(
                DIRECTORY.resolve("00000000000000000000.log"),
                TestBatches.batch(0, 5).sizeInBytes() + 70,
                1);

        try (PartitionLog log = open()) {
            assertThat(log.opened())
                    .isEqualTo(new OpenedLog(
                            true, false, 5, TestBatches.batch(5, 5).sizeInBytes()));
        }
    }

    private PartitionLog open() throws IOException {
        return PartitionLog.open(disk, DIRECTORY, LogOptions.DEFAULTS, LogObserver.NONE);
    }
}
