package io.millrace.broker.storage;

import io.millrace.core.environment.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose a log directory is, and which one. It stands in {@code meta.properties}, so that a directory that was mounted or
 * configured in the wrong place is refused instead of being served as another cluster's or broker's data, and one that
 * was replaced by an empty one is missed.
 *
 * @param clusterId or null before the broker's first registration
 * @param directoryId given once to the directory, or null when an earlier version wrote the file
 */
public record DirectoryOwner(
        @Nullable String clusterId, int brokerId, @Nullable UUID directoryId) {
    private static final String FILE = "meta.properties";
    private static final String VERSION = "1";

    /** Reads the owner of a directory; a new one has none. */
    public static Optional<DirectoryOwner> of(Disk disk, Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        Optional<List<String>> lines = new SmallFile(disk, file).read();
        return lines.isEmpty() ? Optional.empty() : Optional.of(parse(file, lines.get()));
    }

    /** Marks the directory as this owner's, durably. */
    public void claim(Disk disk, Path directory) throws IOException {
        List<String> lines = new ArrayList<>(List.of("version=" + VERSION));
        if (clusterId != null) {
            lines.add("cluster.id=" + clusterId);
        }
        lines.add("broker.id=" + brokerId);
        if (directoryId != null) {
            lines.add("directory.id=" + directoryId);
        }
        new SmallFile(disk, directory.resolve(FILE)).write(lines);
    }

    public DirectoryOwner withClusterId(String id) {
        return new DirectoryOwner(id, brokerId, directoryId);
    }

    public DirectoryOwner withDirectoryId(UUID id) {
        return new DirectoryOwner(clusterId, brokerId, id);
    }

    private static DirectoryOwner parse(Path file, List<String> lines) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                values.put(
                        line.substring(0, equals).trim(),
                        line.substring(equals + 1).trim());
            }
        }
        String clusterId = values.get("cluster.id");
        String brokerId = values.get("broker.id");
        String directoryId = values.get("directory.id");
        if (brokerId == null || (clusterId == null && directoryId == null) || !VERSION.equals(values.get("version"))) {
            throw new IOException(
                    file + " must have version=" + VERSION + ", a broker.id, and a cluster.id or a directory.id");
        }
        return new DirectoryOwner(
                clusterId, number(file, brokerId), directoryId == null ? null : id(file, directoryId));
    }

    private static int number(Path file, String brokerId) throws IOException {
        try {
            return Integer.parseInt(brokerId);
        } catch (NumberFormatException e) {
            throw new IOException(file + " has the broker.id '" + brokerId + "', which is no number", e);
        }
    }

    private static UUID id(Path file, String directoryId) throws IOException {
        try {
            return UUID.fromString(directoryId);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " has the directory.id '" + directoryId + "', which is no UUID", e);
        }
    }
}
