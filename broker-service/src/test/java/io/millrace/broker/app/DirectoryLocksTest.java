package io.millrace.broker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.simulated.PowerLoss;
import io.millrace.core.environment.simulated.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLocksTest {
    @Test
    void aDirectoryThatIsMadeForItsLockOutlivesALossOfPower(@TempDir Path directory) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(1);

        try (DirectoryLocks locks = new DirectoryLocks(disk)) {
            locks.acquire(List.of(directory));
        }

        disk.restart(PowerLoss.LOSES_ALL);
        assertThat(disk.exists(directory)).isTrue();
    }
}
