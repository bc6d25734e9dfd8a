package io.millrace.broker.log.epochs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.simulated.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeaderEpochsTest {
    private static final Path ROOT = Path.of("/");

    private final LeaderEpochs epochs = new LeaderEpochs();

    @Test
    void onlyTheFirstBatchOfAnEpochIsNoted() {
        assertThat(epochs.note(2, 10)).isTrue();
        assertThat(epochs.note(2, 15)).isFalse();
        assertThat(epochs.note(5, 20)).isTrue();
        assertThat(epochs.note(-1, 30)).isFalse();

        assertThat(epochs.entries()).containsExactly(new EpochStart(2, 10), new EpochStart(5, 20));
    }

    @Test
    void anEntryOfACutHistoryGivesWay() {
        epochs.note(1, 0);
        epochs.note(3, 10);
        epochs.note(4, 20);

        epochs.note(2, 8);

        assertThat(epochs.entries()).containsExactly(new EpochStart(1, 0), new EpochStart(2, 8));
    }

    @Test
    void aBatchOfAnEarlierEpochSeenAgainKeepsTheStartOfItsEpoch() {
        epochs.note(1, 5);
        epochs.note(2, 40);

        epochs.note(1, 20);

        assertThat(epochs.entries()).containsExactly(new EpochStart(1, 5));
    }

    @Test
    void theStartOfTheLogMovesTheFirstEntry() {
        epochs.note(1, 0);
        epochs.note(2, 10);
        epochs.note(3, 20);

        assertThat(epochs.advanceStart(10)).isTrue();
        assertThat(epochs.entries()).containsExactly(new EpochStart(2, 10), new EpochStart(3, 20));
        assertThat(epochs.advanceStart(15)).isTrue();
        assertThat(epochs.entries()).containsExactly(new EpochStart(2, 15), new EpochStart(3, 20));
        assertThat(epochs.advanceStart(15)).isFalse();
    }

    @Test
    void theFileIsKafkas() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(1);
        EpochFile file = new EpochFile(disk, ROOT);
        assertThat(file.read()).isEmpty();

        file.write(List.of(new EpochStart(0, 0), new EpochStart(7, 1234567890123L)));

        assertThat(disk.list(ROOT)).containsExactly("leader-epoch-checkpoint");
        assertThat(text(disk)).isEqualTo("0\n2\n0 0\n7 1234567890123\n");
        assertThat(file.read()).containsExactly(new EpochStart(0, 0), new EpochStart(7, 1234567890123L));
    }

    @Test
    void aFileThatIsNotWholeIsRefused() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(1);
        for (String content : List.of("", "1\n0\n", "0\n2\n0 0\n", "0\n1\nx y\n", "0\n1\n5\n")) {
            try (DiskFile file = disk.open(Path.of("/leader-epoch-checkpoint"))) {
                file.truncate(0);
                file.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)), 0);
            }
            assertThatThrownBy(() -> new EpochFile(disk, ROOT).read())
                    .as(content)
                    .isInstanceOf(DamagedEpochsException.class);
        }
    }

    private static String text(SimulatedDisk disk) throws IOException {
        try (DiskFile file = disk.open(Path.of("/leader-epoch-checkpoint"))) {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
            file.read(bytes, 0);
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        }
    }
}
