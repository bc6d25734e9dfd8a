package io.millrace.core.environment.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskContract;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.environment.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileDiskTest extends DiskContract {
    @TempDir
    Path directory;

    @Override
    protected Disk disk() {
        return new FileDisk();
    }

    @Override
    protected Path root() {
        return directory;
    }

    @Test
    void aLackOfSpaceOrQuotaIsToldFromOtherErrors() {
        assertThat(ChannelFile.named(new IOException("No space left on device"), directory))
                .isInstanceOf(DiskFullException.class);
        assertThat(ChannelFile.named(new IOException("Disk quota exceeded"), directory))
                .isInstanceOf(DiskFullException.class);
        assertThat(ChannelFile.named(new IOException("Input/output error"), directory))
                .isNotInstanceOf(DiskFullException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void freeSpaceIsThatOfTheFileSystem() throws IOException {
        assertThat(disk().usableBytes(directory)).isPositive();
    }

    @Test
    void anInterruptedReaderHarmsNobodyElse() throws IOException {
        try (DiskFile file = disk().open(directory.resolve("f"))) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> file.read(ByteBuffer.allocate(3), 0))
                    .isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();

            file.write(ByteBuffer.wrap(new byte[] {4}), 3);
            file.sync();

            assertThat(file.read(ByteBuffer.allocate(9), 0)).isEqualTo(4);
        }
    }
}
