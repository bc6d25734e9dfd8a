package io.millrace.broker.storage;

import io.millrace.core.environment.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose a log directory is. It stands in {@code meta.properties}, so that a directory that was mounted or configured
 * in the wrong place is refused instead of being served as another cluster's or broker's data.
 */
public record DirectoryOwner(String clusterId, int brokerId) {
    private static final String FILE = "meta.properties";
    private static final String VERSION = "1";

    /** Reads the owner of a directory; a new one has none. */
    public static Optional<DirectoryOwner> of(Disk disk, Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        Optional<List<String>> lines = new SmallFile(disk, file).read();
        return lines.isEmpty() ? Optional.empty() : Optional.of(parse(file, lines.get()));
    }

    /** Marks the directory as this owner's. */
    public void claim(Disk disk, Path directory) throws IOException {
        new SmallFile(disk, directory.resolve(FILE))
                .write(List.of("version=" + VERSION, "cluster.id=" + clusterId, "broker.id=" + brokerId));
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
        String version = values.get("version");
        String clusterId = values.get("cluster.id");
        String brokerId = values.get("broker.id");
        if (clusterId == null || brokerId == null || !VERSION.equals(version)) {
            throw new IOException(file + " must have version=" + VERSION + ", a cluster.id and a broker.id");
        }
        try {
            return new DirectoryOwner(clusterId, Integer.parseInt(brokerId));
        } catch (NumberFormatException e) {
            throw new IOException(file + " has the broker.id '" + brokerId + "', which is no number", e);
        }
    }
}
