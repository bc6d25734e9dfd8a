package io.millrace.broker.log.cleanup;

import io.millrace.broker.log.segment.Segment;
import io.millrace.broker.log.segment.SegmentFiles;
import io.millrace.core.environment.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

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

    private record Deleted(Segment segment, long dueMillis) {}

    /** Takes a segment's files out of sight; the caller syncs the directory. */
    public void add(Segment segment, long dueMillis) throws IOException {
        for (Path path : segment.files().all()) {
            if (disk.exists(path)) {
                disk.rename(path, deletedName(path));
            }
        }
        waiting.add(new Deleted(segment, dueMillis));
    }

    /** Deletes what is due; returns how many segments. */
    public int deleteDue(long nowMillis) throws IOException {
        int count = 0;
        for (Deleted next = waiting.peek(); next != null && next.dueMillis() <= nowMillis; next = waiting.peek()) {
            delete(waiting.remove().segment());
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

    private void delete(Segment segment) throws IOException {
        for (Path path : segment.files().all()) {
            disk.delete(deletedName(path));
        }
        segment.close();
    }

    private static Path deletedName(Path path) {
        return path.resolveSibling(path.getFileName() + SegmentFiles.DELETED);
    }
}
