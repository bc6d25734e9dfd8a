package io.millrace.broker.log;

import io.millrace.broker.log.epochs.EpochFile;
import io.millrace.broker.log.epochs.EpochStart;
import io.millrace.broker.log.producers.ProducerSnapshot;
import io.millrace.broker.log.producers.ProducerSnapshotFiles;
import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be synced for a log to be durable up to an offset. Made on the partition's event loop, run once on any
 * thread while appends go on, then reported to {@link PartitionLog#syncedUpTo}.
 */
public final class PendingSync {
    private final Disk disk;
    private final Path directory;
    private final Scope scope;
    private volatile @Nullable IOException failure;

    PendingSync(Disk disk, Path directory, Scope scope) {
        this.disk = disk;
        this.directory = directory;
        this.scope = scope;
    }

    /**
     * What is covered.
     *
     * @param files with content to sync
     * @param names whether files were created, renamed or deleted
     * @param epochs to be written, or null when the file has them
     * @param snapshots to be written
     * @param endOffset up to which the log is durable then
     * @param recoveryPoint up to which the segments are synced in full then
     * @param checkpointNumber of the last write to the checkpoint file
     */
    record Scope(
            List<DiskFile> files,
            boolean names,
            @Nullable List<EpochStart> epochs,
            List<ProducerSnapshot> snapshots,
            long endOffset,
            long recoveryPoint,
            long checkpointNumber) {}

    /** The log is durable up to here, exclusive, once {@link #run()} has returned. */
    public long endOffset() {
        return scope.endOffset();
    }

    /**
     * Syncs contents before names. An error is final: the log refuses all further use, and whoever runs this must give
     * up the log directory.
     */
    public void run() throws IOException {
        try {
            for (DiskFile file : scope.files()) {
                file.sync();
            }
            List<EpochStart> epochs = scope.epochs();
            if (epochs != null) {
                new EpochFile(disk, directory).write(epochs);
            }
            for (ProducerSnapshot snapshot : scope.snapshots()) {
                ProducerSnapshotFiles.write(disk, directory, snapshot);
            }
            if (scope.names() || epochs != null || !scope.snapshots().isEmpty()) {
                disk.syncDirectory(directory);
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    Scope scope() {
        return scope;
    }

    @Nullable
    IOException failure() {
        return failure;
    }
}
