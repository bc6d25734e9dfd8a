package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.broker.storage.DirectoryOwner;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.StorageObserver;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.Randomness;
import io.millrace.core.environment.simulated.DiskOperation;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SeededRandomness;
import io.millrace.core.environment.simulated.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Directories keep their ids, so that one that was lost or replaced is missed. */
final class DirectoryOwnershipTest {
    private static final Path A = Path.of("/a");
    private static final Path B = Path.of("/b");

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final Randomness chance = new SeededRandomness(5);

    @Test
    void newDirectoriesGetIdsThatAreDurableBeforeTheyAreTold() throws IOException {
        DirectoryOwnership first = started();
        List<UUID> ids = first.directoryIds();
        disk.restart(PowerLoss.LOSES_ALL);

        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        DirectoryOwnership second = ownership();
        assertThat(second.clusterId()).isNull();
        assertThat(second.directoryIds()).isEqualTo(ids);
    }

    @Test
    void claimedDirectoriesKeepTheirIds() throws IOException {
        DirectoryOwnership first = started();
        List<UUID> ids = first.directoryIds();
        first.claim("our-cluster");
        disk.restart(PowerLoss.LOSES_ALL);

        DirectoryOwnership second = ownership();
        assertThat(second.clusterId()).isEqualTo("our-cluster");
        assertThat(second.directoryIds()).isEqualTo(ids);
        second.claim("our-cluster");
        assertThat(DirectoryOwner.of(disk, B)).hasValue(new DirectoryOwner("our-cluster", 3, ids.get(1)));
    }

    @Test
    void aDirectoryOfAnEarlierVersionGetsAnIdAndStaysWhatItWas() throws IOException {
        disk.createDirectories(A);
        new DirectoryOwner("our-cluster", 3, null).claim(disk, A);

        DirectoryOwnership ownership = started();
        List<UUID> ids = ownership.directoryIds();

        assertThat(DirectoryOwner.of(disk, A)).hasValue(new DirectoryOwner("our-cluster", 3, ids.getFirst()));
        assertThat(ownership().directoryIds()).isEqualTo(ids);
    }

    @Test
    void aDirectoryThatWasReplacedByAnEmptyOneHasAnotherId() throws IOException {
        List<UUID> before = started().directoryIds();
        disk.delete(B.resolve("meta.properties"));

        List<UUID> after = started().directoryIds();

        assertThat(after.getFirst()).isEqualTo(before.getFirst());
        assertThat(after.get(1)).isNotEqualTo(before.get(1));
    }

    @Test
    void aDirectoryThatCannotBeReadIsNotListed() throws IOException {
        List<UUID> ids = started().directoryIds();
        DirectoryOwnership again = ownership();
        disk.failNext(DiskOperation.READ, "a/meta.properties");

        again.clusterId();

        assertThat(again.directoryIds()).containsExactly(ids.get(1));
        assertThat(again.directories().getFirst().isFailed()).isTrue();
    }

    @Test
    void aDirectoryWhoseNewIdCannotBeWrittenFails() throws IOException {
        DirectoryOwnership ownership = started();
        disk.failNext(DiskOperation.SYNC, "a/meta.properties.tmp");

        assertThat(ownership.directoryIds()).hasSize(1);
        assertThat(ownership.directories().getFirst().failure()).contains("could not be marked");
    }

    @Test
    void aCopyOfADirectoryIsRefused() throws IOException {
        DirectoryOwnership ownership = started();
        UUID id = ownership.directoryIds().getFirst();
        new DirectoryOwner("our-cluster", 3, id).claim(disk, B);

        assertThatThrownBy(ownership::directoryIds)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("carry the same id");
    }

    @Test
    void aFileThatNamesNoPossibleIdFailsItsDirectory() throws IOException {
        started().directoryIds();
        try (DiskFile file = disk.open(A.resolve("meta.properties"))) {
            file.write(
                    ByteBuffer.wrap("version=1\nbroker.id=3\ndirectory.id=me\n#".getBytes(StandardCharsets.UTF_8)), 0);
        }

        DirectoryOwnership again = ownership();
        again.clusterId();

        assertThat(again.directories().getFirst().failure()).contains("'me', which is no UUID");
    }

    private DirectoryOwnership started() {
        DirectoryOwnership ownership = ownership();
        ownership.clusterId();
        return ownership;
    }

    private DirectoryOwnership ownership() {
        return new DirectoryOwnership(3, List.of(directory(A), directory(B)), chance);
    }

    private LogDirectory directory(Path path) {
        ManualClock clock = new ManualClock();
        ManualEventLoop loop = new ManualEventLoop(clock);
        return new LogDirectory(path, disk, clock, loop, loop::post, StorageObserver.NONE, failed -> {});
    }
}
