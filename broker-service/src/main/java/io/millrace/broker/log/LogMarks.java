package io.millrace.broker.log;

import io.millrace.core.environment.DiskFile;
import java.io.IOException;

/** What a log's checkpoint file says, kept true while the log changes. Confined to the event loop. */
final class LogMarks implements AutoCloseable {
    private final CheckpointFile file;
    private Checkpoint checkpoint;

    LogMarks(CheckpointFile file, Checkpoint checkpoint) {
        this.file = file;
        this.checkpoint = checkpoint;
    }

    long logStartOffset() {
        return checkpoint.logStartOffset();
    }

    /** Says whether nothing has changed since the log was closed in order. */
    boolean isClean() {
        return checkpoint.isClean();
    }

    /** The clean mark goes, durably, before the first change since the log was opened. */
    void aboutToChange() throws IOException {
        if (checkpoint.isClean()) {
            writeThrough(checkpoint.withoutCleanMark());
        }
    }

    void startAt(long offset) throws IOException {
        writeThrough(checkpoint.withLogStart(offset));
    }

    /** Before anything is cut: whatever a crash leaves of the cut, recovery looks at all of it. */
    void rewindRecoveryPoint(long offset) throws IOException {
        if (checkpoint.recoveryPoint() > offset) {
            writeThrough(checkpoint.withRecoveryPoint(offset));
        }
    }

    /** A sync has succeeded that covered what it says; the log is durable up to the offset. */
    void synced(PendingSync.Scope covered, long durableEndOffset) throws IOException {
        file.synced(covered.checkpointNumber());
        if (covered.recoveryPoint() > checkpoint.recoveryPoint() && covered.recoveryPoint() <= durableEndOffset) {
            checkpoint = checkpoint.withRecoveryPoint(covered.recoveryPoint());
            file.write(checkpoint);
        }
    }

    void closedInOrder(long recoveryPoint, long endOffset, long lastSegmentBytes) throws IOException {
        writeThrough(checkpoint.withRecoveryPoint(recoveryPoint).withCleanMark(endOffset, lastSegmentBytes));
    }

    /** Says whether the last write is not known to be durable. */
    boolean areUnsynced() {
        return file.isUnsynced();
    }

    DiskFile file() {
        return file.file();
    }

    /** Counts the writes. */
    long number() {
        return file.number();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void writeThrough(Checkpoint next) throws IOException {
        checkpoint = next;
        file.writeThrough(next);
    }
}
