package io.millrace.broker.log.cleanup;

import io.millrace.broker.log.segment.Segment;
import io.millrace.broker.log.segment.SegmentFiles;
import io.millrace.core.environment.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Segments that are out of the log while slices of them may still be read: renamed at once, so that no start takes them
 * for the log's, deleted and closed after a delay. Confined to the partition's event loop.
 */
public final class DeletedSegments {
    private final Disk disk;
    private final Deque<Deleted> waiting = new ArrayDeque<>();

    public DeletedSegments(Disk disk) {
        this.disk = disk;
    }

    private record Deleted(Segment segment, List<Path> files, long dueMillis) {}

    /** Takes a segment's files out of sight; the caller syncs the directory. */
    public void add(Segment segment, long dueMillis) throws IOException {
        add(segment, segment.files().all(), dueMillis);
    }

    /** Does so for a segment whose log file has another name already, and stays. */
    public void addAllButLog(Segment segment, long dueMillis) throws IOException {
        add(segment, List.of(segment.files().offsetIndex(), segment.files().timeIndex()), dueMillis);
    }

    private void add(Segment segment, List<Path> files, long dueMillis) throws IOException {
        for (Path path : files) {
            if (disk.exists(path)) {
                disk.rename(path, deletedName(path));
            }
        }
        waiting.add(new Deleted(segment, files, dueMillis));
    }

    /** Deletes what is due; returns how many segments. */
    public int deleteDue(long nowMillis) throws IOException {
        int count = 0;
        for (Deleted next = waiting.peek(); next != null && next.dueMillis() <= nowMillis; next = waiting.peek()) {
            delete(waiting.remove());
            count++;
        }
        return count;
    }

    /** Closes what waits and leaves its files to the next start. */
    public void close() throws IOException {
        for (Deleted deleted : waiting) {
            deleted.segment().close();
        }
        waiting.clear();
    }

    private void delete(Deleted deleted) throws IOException {
        for (Path path : deleted.files()) {
            disk.delete(deletedName(path));
        }
        deleted.segment().close();
    }

    private static Path deletedName(Path path) {
        return path.resolveSibling(path.getFileName() + SegmentFiles.DELETED);
    }
}
