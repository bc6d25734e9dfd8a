package io.millrace.core.environment.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskContract;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SimulatedDiskTest extends DiskContract {
    private static final Path ROOT = Path.of("/data");

    private SimulatedDisk disk = new SimulatedDisk(1);

    @BeforeEach
    void createRoot() throws IOException {
        disk.createDirectories(ROOT);
        disk.syncDirectory(Path.of("/"));
    }

    @Override
    protected Disk disk() {
        return disk;
    }

    @Override
    protected Path root() {
        return ROOT;
    }

    @Test
    void contentIsLostUnlessSynced() throws IOException {
        DiskFile file = named("f");
        file.write(bytes("kept"), 0);
        file.sync();
        file.write(bytes("lost"), 4);

        disk.restart(PowerLoss.LOSES_ALL);

        assertThat(content("f")).isEqualTo("kept");
        assertThatThrownBy(file::size).isInstanceOf(PowerIsOffException.class);
    }

    @Test
    void anOnlookerSeesBeforehandWhatALossOfPowerLeaves() throws IOException {
        DiskFile kept = named("kept");
        kept.write(bytes("abc"), 0);
        kept.sync();
        kept.write(bytes("d"), 3);
        disk.open(ROOT.resolve("lost")).sync();

        List<String> namesBefore = disk.peekDurableNames(ROOT);
        ByteBuffer before = disk.peekDurable(ROOT.resolve("kept")).orElseThrow();
        String contentBefore = StandardCharsets.UTF_8.decode(before).toString();
        disk.restart(PowerLoss.LOSES_ALL);

        assertThat(namesBefore).containsExactly("kept").isEqualTo(disk.list(ROOT));
        assertThat(contentBefore).isEqualTo("abc").isEqualTo(content("kept"));
    }

    @Test
    void namesAreLostUnlessTheirDirectoryIsSynced() throws IOException {
        named("kept");
        disk.open(ROOT.resolve("lost")).sync();
        disk.rename(ROOT.resolve("kept"), ROOT.resolve("renamed"));

        disk.restart(PowerLoss.LOSES_ALL);

        assertThat(disk.list(ROOT)).containsExactly("kept");
    }

    @Test
    void aDeadProcessLosesNothingYetMakesNothingDurable() throws IOException {
        named("f").write(bytes("there"), 0);

        disk.restart(PowerLoss.LOSES_NOTHING);

        assertThat(content("f")).isEqualTo("there");
        disk.restart(PowerLoss.LOSES_ALL);
        assertThat(content("f")).isEmpty();
    }

    @Test
    void unsyncedWritesAreTornDifferentlyBySeedAndAlikeByTheSame() throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            assertThat(torn(seed)).isEqualTo(torn(seed));
            outcomes.add(torn(seed));
        }
        assertThat(outcomes).hasSizeGreaterThan(5);
    }

    @Test
    void powerGoesRightAfterTheChosenOperation() throws IOException {
        DiskFile file = named("f");
        disk.cutPowerAfter(disk.operations() + 2);
        file.write(bytes("a"), 0);
        file.sync();

        assertThatThrownBy(() -> file.write(bytes("b"), 1)).isInstanceOf(PowerIsOffException.class);
        assertThatThrownBy(() -> disk.list(ROOT)).isInstanceOf(PowerIsOffException.class);
        disk.restart(PowerLoss.LOSES_ALL);
        assertThat(content("f")).isEqualTo("a");
    }

    @Test
    void whoeverUsesTheDiskHearsOfThePowerBeingCutAtThatMoment() throws IOException {
        DiskFile file = named("f");
        List<Long> heardAt = new ArrayList<>();
        disk.whenPowerIsCut(() -> heardAt.add(disk.operations()));
        long cutAt = disk.operations() + 1;
        disk.cutPowerAfter(cutAt);

        file.write(bytes("a"), 0);

        assertThat(heardAt).containsExactly(cutAt);
    }

    @Test
    void aFailureThatWasTakenBackDoesNotCome() throws IOException {
        DiskFile file = named("f");
        disk.failNext(DiskOperation.WRITE, "f");

        disk.failNoMore();
        file.write(bytes("a"), 0);

        assertThat(content("f")).isEqualTo("a");
    }

    @Test
    void whatAFailedSyncLeftOutNoLaterSyncMakesDurable() throws IOException {
        DiskFile file = named("f");
        file.write(bytes("a"), 0);
        disk.failNext(DiskOperation.SYNC, "f");

        assertThatThrownBy(file::sync).isInstanceOf(InjectedFailureException.class);
        file.sync();
        disk.restart(PowerLoss.LOSES_ALL);

        assertThat(content("f")).isEmpty();
    }

    @Test
    void aFullDiskTakesAPartOfTheWriteOnly() throws IOException {
        disk.limitTo(3);
        DiskFile file = disk.open(ROOT.resolve("f"));

        assertThatThrownBy(() -> file.write(bytes("abcdef"), 0)).isInstanceOf(DiskFullException.class);

        assertThat(content("f")).isEqualTo("abc");
        assertThat(disk.usableBytes(ROOT)).isZero();
    }

    @Test
    void readsAndWritesFailOnDemandAndBitsFlip() throws IOException {
        DiskFile file = disk.open(ROOT.resolve("f"));
        file.write(bytes("a"), 0);
        disk.failNext(DiskOperation.READ, "f");
        assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 0)).isInstanceOf(InjectedFailureException.class);
        disk.failNext(DiskOperation.WRITE, "f");
        assertThatThrownBy(() -> file.write(bytes("b"), 1)).isInstanceOf(InjectedFailureException.class);

        disk.flipBit(ROOT.resolve("f"), 0, 1);

        assertThat(content("f")).isEqualTo("c");
    }

    private static String torn(int seed) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(seed);
        DiskFile file = disk.open(Path.of("/f"));
        disk.syncDirectory(Path.of("/"));
        for (int i = 0; i < 8; i++) {
            file.write(bytes(String.valueOf(i).repeat(700)), i * 700L);
        }
        disk.restart(PowerLoss.KEEPS_ANY);
        return contentOf(disk, Path.of("/f"));
    }

    private DiskFile named(String name) throws IOException {
        DiskFile file = disk.open(ROOT.resolve(name));
        disk.syncDirectory(ROOT);
        return file;
    }

    private String content(String name) throws IOException {
        return contentOf(disk, ROOT.resolve(name));
    }

    private static String contentOf(Disk disk, Path path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) file.size());
            file.read(buffer, 0);
            return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
