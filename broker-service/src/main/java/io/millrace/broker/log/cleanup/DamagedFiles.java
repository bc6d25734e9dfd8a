package io.millrace.broker.log.cleanup;

import io.millrace.broker.log.segment.SegmentView;
import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Damaged parts of a log that are kept aside for a person to look at, as {@code BASE-OFFSET.log.NUMBER.damaged}: the same
 * number for all parts that were taken out together. Only some are kept, and not for ever. Confined to the event loop.
 */
public final class DamagedFiles {
    /** Parts that are kept; above it those with the lowest numbers go, of each number those behind the damage first. */
    static final int PARTS_MAX = 10;

    /** How long a part is kept. A restart begins the time anew, because nobody knows how much of it has passed. */
    static final long KEPT_MILLIS = 7L * 24 * 60 * 60 * 1000;

    private static final int COPY_BYTES = 1 << 16;
    private static final long NOT_YET_SEEN = Long.MAX_VALUE;
    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.log\\.(\\d{1,9})\\.damaged");

    private static final Comparator<Part> FIRST_TO_GO = Comparator.comparingInt(Part::number)
            .thenComparing(Comparator.comparing(Part::baseOffset).reversed());

    private final Disk disk;
    private final Path directory;
    private final Map<Part, Long> firstSeenMillis = new TreeMap<>(FIRST_TO_GO);

    private record Part(int number, String baseOffset) {
        private String name() {
            return baseOffset + ".log." + number + ".damaged";
        }
    }

    /** Knows the parts among these names of files in the directory. */
    public DamagedFiles(Disk disk, Path directory, List<String> names) {
        this.disk = disk;
        this.directory = directory;
        for (String name : names) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                firstSeenMillis.put(new Part(Integer.parseInt(matcher.group(2)), matcher.group(1)), NOT_YET_SEEN);
            }
        }
    }

    /** The number for what is taken out next. */
    public int nextNumber() {
        return firstSeenMillis.keySet().stream().mapToInt(Part::number).max().orElse(-1) + 1;
    }

    /** Copies what lies behind the boundary in the file, durably. What cannot be read is left out as zeros. */
    public void copyTail(int number, DiskFile file, SegmentView.Boundary boundary) throws IOException {
        Part part = part(number, boundary.offset());
        Path draft = directory.resolve(part.name() + ".tmp");
        try (DiskFile copy = disk.open(draft)) {
            copy.truncate(0);
            long size = file.size();
            for (long at = boundary.position(); at < size; at += COPY_BYTES) {
                copy.write(readable(file, at, (int) Math.min(COPY_BYTES, size - at)), at - boundary.position());
            }
            copy.sync();
        }
        disk.rename(draft, directory.resolve(part.name()));
        disk.syncDirectory(directory);
    }

    /** Renames a whole log file; the caller syncs the directory. */
    public void take(int number, Path log, long baseOffset) throws IOException {
        disk.rename(log, directory.resolve(part(number, baseOffset).name()));
    }

    /** Deletes what is too much or too old. */
    public void deleteOld(long nowMillis) throws IOException {
        firstSeenMillis.replaceAll((part, seen) -> seen == NOT_YET_SEEN ? nowMillis : seen);
        List<Part> gone = firstSeenMillis.keySet().stream()
                .limit(Math.max(0, firstSeenMillis.size() - PARTS_MAX))
                .toList();
        for (Part part : List.copyOf(firstSeenMillis.keySet())) {
            if (gone.contains(part) || nowMillis - firstSeenMillis.getOrDefault(part, nowMillis) > KEPT_MILLIS) {
                disk.delete(directory.resolve(part.name()));
                firstSeenMillis.remove(part);
            }
        }
    }

    private Part part(int number, long baseOffset) {
        String digits = Long.toString(baseOffset);
        Part part = new Part(number, "0".repeat(20 - digits.length()) + digits);
        firstSeenMillis.put(part, NOT_YET_SEEN);
        return part;
    }

    private static ByteBuffer readable(DiskFile file, long position, int bytes) {
        ByteBuffer chunk = ByteBuffer.allocate(bytes);
        try {
            file.read(chunk, position);
        } catch (IOException lost) {
            return ByteBuffer.allocate(bytes);
        }
        return chunk.clear();
    }
}
