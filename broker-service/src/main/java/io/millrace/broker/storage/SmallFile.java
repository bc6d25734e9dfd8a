package io.millrace.broker.storage;

import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A text file that is always there as a whole: the old text or the new one. */
final class SmallFile {
    /** More than a file of a few lines needs; a longer one is not ours. */
    private static final int BYTES_MAX = 4096;

    private final Disk disk;
    private final Path file;
    private final int bytesMax;

    /** A file of a few lines. */
    SmallFile(Disk disk, Path file) {
        this(disk, file, BYTES_MAX);
    }

    /** A file of at most so many bytes. */
    SmallFile(Disk disk, Path file, int bytesMax) {
        this.disk = disk;
        this.file = file;
        this.bytesMax = bytesMax;
    }

    /** The lines, or nothing when there is no such file. */
    Optional<List<String>> read() throws IOException {
        if (!disk.exists(file)) {
            return Optional.empty();
        }
        try (DiskFile open = disk.open(file)) {
            if (open.size() > bytesMax) {
                throw new DamagedFileException(file + " has " + open.size() + " bytes, more than " + bytesMax);
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) open.size());
            open.read(bytes, 0);
            return Optional.of(StandardCharsets.UTF_8
                    .decode(bytes.flip())
                    .toString()
                    .lines()
                    .toList());
        }
    }

    /** Replaces the text, durably. */
    void write(List<String> lines) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        disk.delete(draft);
        try (DiskFile open = disk.open(draft)) {
            open.write(ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            open.sync();
        }
        disk.rename(draft, file);
        Path directory = file.getParent();
        if (directory != null) {
            disk.syncDirectory(directory);
        }
    }
}
