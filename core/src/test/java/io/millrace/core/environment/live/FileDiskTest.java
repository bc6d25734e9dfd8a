package io.millrace.core.environment.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskContract;
import io.millrace.core.environment.DiskFullException;
import java.io.IOException;
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
}
