package io.millrace.broker.storage;

import io.millrace.broker.log.ReplicaMark;
import io.millrace.core.environment.Disk;
import io.millrace.core.model.TopicId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The file {@code replica-checkpoint} of a log directory, replaced as a whole: a line "version=1"; for each replica a line
 * "topic-id partition high-watermark durable-end"; and a line "crc=" with the CRC-32C of all lines before it.
 */
record ReplicaCheckpointFile(Disk disk, Path directory) {
    static final String NAME = "replica-checkpoint";

    /** Room for hundreds of thousands of replicas. */
    private static final int BYTES_MAX = 64 << 20;

    private static final String VERSION = "version=1";
    private static final Pattern LINE = Pattern.compile("(\\S{22}) (\\d{1,9}) (\\d{1,18}) (\\d{1,18})");

    /** Replaces the file, durably. */
    void write(SortedMap<ReplicaCheckpoint.Key, ReplicaMark> marks) throws IOException {
        List<String> lines = new ArrayList<>(List.of(VERSION));
        marks.forEach((key, mark) -> lines.add(
                key.topicId() + " " + key.partition() + " " + mark.highWatermark() + " " + mark.durableEnd()));
        lines.add("crc=" + crcOf(lines));
        file().write(lines);
    }

    /** What is in the file, or nothing when there is none. Throws DamagedFileException when it is not whole. */
    Map<ReplicaCheckpoint.Key, ReplicaMark> read() throws IOException {
        Optional<List<String>> found = file().read();
        return found.isEmpty() ? new TreeMap<>() : parse(found.get());
    }

    private Map<ReplicaCheckpoint.Key, ReplicaMark> parse(List<String> lines) throws DamagedFileException {
        List<String> content = lines.subList(0, Math.max(0, lines.size() - 1));
        if (content.isEmpty() || !lines.getLast().equals("crc=" + crcOf(content))) {
            throw new DamagedFileException(path() + " is damaged: its CRC-32C does not hold");
        }
        if (!content.getFirst().equals(VERSION)) {
            throw new DamagedFileException(path() + " begins with '" + content.getFirst() + "' instead of " + VERSION);
        }
        Map<ReplicaCheckpoint.Key, ReplicaMark> marks = new TreeMap<>();
        for (String line : content.subList(1, content.size())) {
            Matcher entry = LINE.matcher(line);
            if (!entry.matches()) {
                throw new DamagedFileException(path() + " has a line that is no replica: " + line);
            }
            marks.put(
                    new ReplicaCheckpoint.Key(topicId(entry.group(1)), Integer.parseInt(entry.group(2))),
                    new ReplicaMark(Long.parseLong(entry.group(3)), Long.parseLong(entry.group(4))));
        }
        return marks;
    }

    private TopicId topicId(String text) throws DamagedFileException {
        try {
            return TopicId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new DamagedFileException(path() + " names a topic id that is none: " + text, e);
        }
    }

    private SmallFile file() {
        return new SmallFile(disk, path(), BYTES_MAX);
    }

    private Path path() {
        return directory.resolve(NAME);
    }

    private static String crcOf(List<String> lines) {
        CRC32C crc = new CRC32C();
        for (String line : lines) {
            crc.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
