package io.millrace.broker.log.epochs;

import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file {@code leader-epoch-checkpoint} of a log, in Kafka's format: version 0, the number of entries, then a line
 * "epoch offset" for each. Replaced as a whole.
 */
public final class EpochFile {
    private static final String NAME = "leader-epoch-checkpoint";
    private static final String VERSION = "0";
    private static final int BYTES_MAX = 16 << 20;

    private final Disk disk;
    private final Path directory;

    public EpochFile(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Writes and syncs the content and renames it into place; the caller syncs the directory. */
    public void write(List<EpochStart> entries) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(VERSION).append('\n').append(entries.size()).append('\n');
        for (EpochStart entry : entries) {
            text.append(entry.epoch()).append(' ').append(entry.startOffset()).append('\n');
        }
        Path temporary = directory.resolve(NAME + ".tmp");
        try (DiskFile file = disk.open(temporary)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)), 0);
            file.sync();
        }
        disk.rename(temporary, directory.resolve(NAME));
    }

    /**
     * Reads the entries; none when there is no file.
     *
     * @throws DamagedEpochsException when the file is not what was written: the batches of the log tell their epochs as well
     */
    public List<EpochStart> read() throws IOException {
        Path path = directory.resolve(NAME);
        if (!disk.exists(path)) {
            return List.of();
        }
        try (DiskFile file = disk.open(path)) {
            if (file.size() > BYTES_MAX) {
                throw new DamagedEpochsException(path + " is too large to be a list of leader epochs");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
            file.read(bytes, 0);
            return parse(path, StandardCharsets.UTF_8.decode(bytes.flip()).toString());
        }
    }

    private static List<EpochStart> parse(Path path, String text) throws DamagedEpochsException {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2 || !lines.get(0).equals(VERSION) || !lines.get(1).equals("" + (lines.size() - 2))) {
            throw new DamagedEpochsException(path + " is not a whole list of leader epochs of version " + VERSION);
        }
        List<EpochStart> entries = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            int space = line.indexOf(' ');
            try {
                entries.add(new EpochStart(
                        Integer.parseInt(line, 0, space, 10), Long.parseLong(line, space + 1, line.length(), 10)));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new DamagedEpochsException(path + " has a line that is no epoch and offset: " + line, e);
            }
        }
        return entries;
    }
}
