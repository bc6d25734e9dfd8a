package io.millrace.broker.log.producers;

import io.millrace.broker.log.epochs.EpochHistory;
import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The snapshots beside the segments of a log, named by their offsets: {@code 00000000000000004711.producers}. There is one
 * where each segment begins, and one where the log was closed in order, so nobody ever has to read more than a segment. One
 * that is damaged or missing costs reading more. Confined to the partition's event loop, but for {@link #write}.
 */
public final class ProducerSnapshotFiles {
    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.producers");
    private static final int BYTES_MAX = 256 << 20;

    private final Disk disk;
    private final Path directory;
    private final NavigableSet<Long> offsets = new TreeSet<>();

    /** Those that are there by the names in the directory. */
    public ProducerSnapshotFiles(Disk disk, Path directory, List<String> names) {
        this.disk = disk;
        this.directory = directory;
        for (String name : names) {
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches()) {
                offsets.add(Long.parseLong(matcher.group(1)));
            }
        }
    }

    /** Writes and syncs a snapshot and renames it into place; the caller syncs the directory. May run on any thread. */
    public static void write(Disk disk, Path directory, ProducerSnapshot snapshot) throws IOException {
        Path path = directory.resolve(name(snapshot.offset()));
        Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        try (DiskFile file = disk.open(temporary)) {
            file.truncate(0);
            file.write(snapshot.content().duplicate(), 0);
            file.sync();
        }
        disk.rename(temporary, path);
    }

    /** One more was written. */
    public void added(long offset) {
        offsets.add(offset);
    }

    /**
     * Takes over the latest snapshot between two offsets that is whole; the epoch of the batch before it tells that it is of
     * this log's history and not of one that was cut off. Returns its offset, or nothing when there is none.
     *
     * @param epochs of the batches of the log
     */
    public OptionalLong restore(KnownProducers producers, long atLeast, long atMost, EpochHistory epochs) {
        if (atLeast > atMost) {
            return OptionalLong.empty();
        }
        for (long offset : offsets.subSet(atLeast, true, atMost, true).descendingSet()) {
            Optional<SnapshotFormat.Content> content = read(offset)
                    .filter(read -> read.offset() == offset && !epochs.contradicts(offset - 1, read.leaderEpoch()));
            if (content.isPresent()) {
                producers.restore(content.get().ageMillis(), content.get().producers());
                return OptionalLong.of(offset);
            }
        }
        return OptionalLong.empty();
    }

    /** Deletes those behind the offset: they tell of what the log does not have any more. Returns whether there were any. */
    public boolean deleteAfter(long offset) throws IOException {
        return delete(offsets.tailSet(offset, false));
    }

    /** Deletes those before the offset, where the first segment begins. Returns whether there were any. */
    public boolean deleteBefore(long offset) throws IOException {
        return delete(offsets.headSet(offset, false));
    }

    /** Deletes all but those at these offsets and the last one. */
    public boolean deleteAllBut(NavigableSet<Long> kept) throws IOException {
        NavigableSet<Long> superfluous = new TreeSet<>(offsets);
        superfluous.removeAll(kept);
        if (!offsets.isEmpty()) {
            superfluous.remove(offsets.last());
        }
        return delete(superfluous);
    }

    /** Deletes the one at the offset. */
    public void delete(long offset) throws IOException {
        disk.delete(directory.resolve(name(offset)));
        offsets.remove(offset);
    }

    private boolean delete(NavigableSet<Long> some) throws IOException {
        List<Long> gone = List.copyOf(some);
        for (long offset : gone) {
            delete(offset);
        }
        return !gone.isEmpty();
    }

    /** One that cannot be read is as good as none: the batches say the same. */
    private Optional<SnapshotFormat.Content> read(long offset) {
        try (DiskFile file = disk.open(directory.resolve(name(offset)))) {
            if (file.size() > BYTES_MAX) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
            file.read(bytes, 0);
            return SnapshotFormat.decode(bytes.flip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String name(long offset) {
        String digits = Long.toString(offset);
        return "0".repeat(20 - digits.length()) + digits + ".producers";
    }
}
