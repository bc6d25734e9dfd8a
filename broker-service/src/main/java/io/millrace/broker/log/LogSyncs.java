package io.millrace.broker.log;

import io.millrace.broker.log.epochs.EpochFile;
import io.millrace.broker.log.epochs.LeaderEpochs;
import io.millrace.broker.log.segment.Segment;
import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds out what must be synced for all of a log to be durable. Confined to the event loop. */
final class LogSyncs {
    private final Disk disk;
    private final Path directory;
    private final SegmentList segments;
    private final LogMarks marks;
    private final LeaderEpochs epochs;
    private final LogProducers producers;
    private final SyncProgress sync;

    LogSyncs(
            Disk disk,
            Path directory,
            SegmentList segments,
            LogMarks marks,
            LeaderEpochs epochs,
            LogProducers producers,
            SyncProgress sync) {
        this.disk = disk;
        this.directory = directory;
        this.segments = segments;
        this.marks = marks;
        this.epochs = epochs;
        this.producers = producers;
        this.sync = sync;
    }

    /** A sync of what is not durable, to be run elsewhere; nothing when all is. */
    Optional<PendingSync> begin() {
        requireNoneUnderWay();
        if (sync.isClear()) {
            return Optional.empty();
        }
        Segment active = segments.active();
        List<DiskFile> files = sync.takeUnsynced(active);
        if (marks.areUnsynced()) {
            files.add(marks.file());
        }
        PendingSync pending = new PendingSync(
                disk,
                directory,
                new PendingSync.Scope(
                        files,
                        sync.takeNamesChanged(),
                        sync.takeEpochsChanged() ? epochs.entries() : null,
                        producers.takeUnwritten(),
                        active.nextOffset(),
                        active.baseOffset(),
                        marks.number()));
        sync.started(pending);
        return Optional.of(pending);
    }

    /** The sync up to the offset was run without error. Returns up to where the log is durable. */
    long completed(long endOffset) throws IOException {
        PendingSync.Scope covered = sync.completed(endOffset);
        marks.synced(covered, sync.durableEndOffset());
        if (producers.written()) {
            sync.namesChanged();
        }
        return sync.durableEndOffset();
    }

    /** Syncs everything here and now, and marks the log as closed in order. */
    void closeInOrder() throws IOException {
        requireNoneUnderWay();
        Segment active = segments.active();
        active.seal();
        sync.changed(active);
        List<DiskFile> files = sync.takeUnsynced(active);
        files.addAll(active.indexFiles());
        for (DiskFile file : files) {
            file.sync();
        }
        if (sync.takeEpochsChanged()) {
            new EpochFile(disk, directory).write(epochs.entries());
        }
        producers.writeAll(active.nextOffset());
        sync.takeNamesChanged();
        disk.syncDirectory(directory);
        marks.closedInOrder(active.baseOffset(), active.nextOffset(), active.sizeInBytes());
    }

    private void requireNoneUnderWay() {
        if (sync.isUnderWay()) {
            throw new IllegalStateException("A sync of " + directory + " is under way");
        }
    }
}
