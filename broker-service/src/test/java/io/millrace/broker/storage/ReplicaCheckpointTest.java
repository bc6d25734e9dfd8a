package io.millrace.broker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.log.ReplicaMark;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.simulated.DiskOperation;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.model.TopicId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written down of replicas is a lower bound of what they hold, whatever happens to the file. */
final class ReplicaCheckpointTest {
    private static final Path DATA = Path.of("/data");
    private static final TopicId ORDERS = new TopicId(new UUID(0, 1));
    private static final TopicId BILLS = new TopicId(new UUID(-1, 2));

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final List<String> damages = new ArrayList<>();

    @BeforeEach
    void createDirectory() throws IOException {
        disk.createDirectories(DATA);
        disk.syncDirectory(Path.of("/"));
    }

    @Test
    void whatWasFlushedIsKnownAfterALossOfPower() {
        ReplicaCheckpoint first = directory().replicas();
        first.note(ORDERS, 0, 90, 100);
        first.note(BILLS, 7, 0, 3);
        first.flush();
        first.note(ORDERS, 0, 95, 105);
        disk.restart(PowerLoss.LOSES_ALL);

        ReplicaCheckpoint second = directory().replicas();

        assertThat(second.lastKnown(ORDERS, 0)).hasValue(new ReplicaMark(90, 100));
        assertThat(second.lastKnown(BILLS, 7)).hasValue(new ReplicaMark(0, 3));
        assertThat(second.lastKnown(BILLS, 0)).isEmpty();
    }

    @Test
    void theLatestNoteCountsAlsoWhenItIsLowerAndBeforeTheFileWasRead() {
        ReplicaCheckpoint first = directory().replicas();
        first.note(ORDERS, 0, 90, 100);
        first.flush();

        ReplicaCheckpoint second = directory().replicas();
        second.note(ORDERS, 0, 40, 50);

        assertThat(second.lastKnown(ORDERS, 0)).hasValue(new ReplicaMark(40, 50));
        second.flush();
        assertThat(directory().replicas().lastKnown(ORDERS, 0)).hasValue(new ReplicaMark(40, 50));
    }

    @Test
    void replicasThatHaveNotBeenOpenedYetKeepWhatWasKnownOfThem() {
        ReplicaCheckpoint first = directory().replicas();
        first.note(ORDERS, 0, 90, 100);
        first.flush();

        ReplicaCheckpoint second = directory().replicas();
        second.note(BILLS, 1, 1, 1);
        second.flush();

        assertThat(directory().replicas().lastKnown(ORDERS, 0)).hasValue(new ReplicaMark(90, 100));
    }

    @Test
    void aReplicaThatIsGoneIsForgotten() {
        ReplicaCheckpoint first = directory().replicas();
        first.note(ORDERS, 0, 90, 100);
        first.flush();

        ReplicaCheckpoint second = directory().replicas();
        second.forget(ORDERS, 0);
        second.flush();

        assertThat(directory().replicas().lastKnown(ORDERS, 0)).isEmpty();
    }

    @Test
    void nothingIsWrittenWhenNothingHasChanged() {
        ReplicaCheckpoint replicas = directory().replicas();
        replicas.note(ORDERS, 0, 90, 100);
        replicas.flush();
        long before = disk.operations();

        replicas.note(ORDERS, 0, 90, 100);
        replicas.flush();

        assertThat(disk.operations()).isEqualTo(before);
    }

    @Test
    void aFileThatIsDamagedAnywhereSaysNothing() throws IOException {
        ReplicaCheckpoint first = directory().replicas();
        first.note(ORDERS, 0, 90, 100);
        first.note(BILLS, 3, 4, 5);
        first.flush();
        long size = size();
        for (int at = 0; at < size; at++) {
            disk.flipBit(DATA.resolve("replica-checkpoint"), at, at % 7);
            assertThat(directory().replicas().lastKnown(ORDERS, 0))
                    .as("bit flipped in byte %d", at)
                    .isEmpty();
            disk.flipBit(DATA.resolve("replica-checkpoint"), at, at % 7);
        }
        assertThat(damages).hasSize((int) size);
        assertThat(directory().replicas().lastKnown(ORDERS, 0)).hasValue(new ReplicaMark(90, 100));
    }

    @Test
    void aFileThatWasCutSaysNothing() throws IOException {
        ReplicaCheckpoint first = directory().replicas();
        first.note(ORDERS, 0, 90, 100);
        first.flush();
        for (long size = size() - 2; size >= 0; size--) {
            try (DiskFile file = disk.open(DATA.resolve("replica-checkpoint"))) {
                file.truncate(size);
            }
            assertThat(directory().replicas().lastKnown(ORDERS, 0)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(PowerLoss.class)
    void theOldStateOrTheNewOneIsThereWhereverThePowerGoes(PowerLoss loss) throws IOException {
        for (int point = 1; point <= 6; point++) {
            ReplicaCheckpoint before = directory().replicas();
            before.note(ORDERS, 0, 90, 100 + point);
            before.flush();
            ReplicaCheckpoint after = directory().replicas();
            after.note(ORDERS, 0, 90, 200 + point);
            disk.cutPowerAfter(disk.operations() + point);
            after.flush();
            disk.restart(loss);

            assertThat(directory().replicas().lastKnown(ORDERS, 0).orElseThrow().durableEnd())
                    .isIn(100L + point, 200L + point);
        }
    }

    @Test
    void aFailedWriteFailsTheDirectoryAndNothingIsWrittenAfterwards() {
        LogDirectory directory = directory();
        directory.replicas().note(ORDERS, 0, 90, 100);
        disk.failNext(DiskOperation.SYNC, "replica-checkpoint.tmp");

        directory.replicas().flush();

        assertThat(directory.failure()).contains("The replica checkpoint failed");
        long before = disk.operations();
        directory.replicas().note(ORDERS, 0, 91, 101);
        directory.replicas().flush();
        assertThat(disk.operations()).isEqualTo(before);
    }

    @Test
    void aFileThatCannotBeReadFailsTheDirectory() {
        directory().replicas().note(ORDERS, 0, 90, 100);
        ReplicaCheckpoint first = directory().replicas();
        first.note(ORDERS, 0, 90, 100);
        first.flush();
        LogDirectory directory = directory();
        disk.failNext(DiskOperation.READ, "replica-checkpoint");

        assertThat(directory.replicas().lastKnown(ORDERS, 0)).isEmpty();

        assertThat(directory.isFailed()).isTrue();
    }

    private long size() throws IOException {
        try (DiskFile file = disk.open(DATA.resolve("replica-checkpoint"))) {
            return file.size();
        }
    }

    private LogDirectory directory() {
        ManualClock clock = new ManualClock();
        ManualEventLoop loop = new ManualEventLoop(clock);
        StorageObserver observer = new StorageObserver() {
            @Override
            public void replicaCheckpointDamaged(String what) {
                damages.add(what);
            }
        };
        return new LogDirectory(DATA, disk, clock, loop, loop::post, observer, failed -> {});
    }
}
