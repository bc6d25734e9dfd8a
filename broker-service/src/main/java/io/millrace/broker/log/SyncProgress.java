package io.millrace.broker.log;

import io.millrace.broker.log.segment.Segment;
import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a log is durable, what is not, and the one sync that may be under way. Confined to the event loop. */
final class SyncProgress {
    private final Set<Segment> unsynced = new LinkedHashSet<>();
    private boolean namesUnsynced;
    private boolean epochsUnsynced;
    private long durableEndOffset;
    private @Nullable PendingSync underWay;
    private long underWayLimit;

    SyncProgress(long durableEndOffset) {
        this.durableEndOffset = durableEndOffset;
    }

    long durableEndOffset() {
        return durableEndOffset;
    }

    boolean isUnderWay() {
        return underWay != null;
    }

    /** The error of a sync that was run and not reported. */
    Optional<IOException> failure() {
        return Optional.ofNullable(underWay).map(PendingSync::failure);
    }

    /** Content of the segment has changed. */
    void changed(Segment segment) {
        unsynced.add(segment);
    }

    /** Names in the directory have changed. */
    void namesChanged() {
        namesUnsynced = true;
    }

    /** The leader epochs may have changed. */
    void epochsChanged(boolean changed) {
        epochsUnsynced |= changed;
    }

    boolean isClear() {
        return unsynced.isEmpty() && !namesUnsynced && !epochsUnsynced;
    }

    /** The segment is out of the log: nobody needs it durable. */
    void forget(Segment segment) {
        unsynced.remove(segment);
    }

    /** The log ends at the offset now, and what a sync under way makes durable behind it is of a past history. */
    void truncatedTo(long endOffset) {
        durableEndOffset = Math.min(durableEndOffset, endOffset);
        underWayLimit = Math.min(underWayLimit, endOffset);
    }

    /** The files to sync now; from here on they count as synced, as a failure is final. */
    List<DiskFile> takeUnsynced(Segment active) {
        List<DiskFile> files = new ArrayList<>();
        for (Segment segment : unsynced) {
            files.add(segment.logFile());
            if (segment != active) {
                files.addAll(segment.indexFiles());
            }
        }
        unsynced.clear();
        return files;
    }

    /** Says, once, whether names in the directory have changed. */
    boolean takeNamesChanged() {
        boolean changed = namesUnsynced;
        namesUnsynced = false;
        return changed;
    }

    /** Says, once, whether the leader epochs have changed. */
    boolean takeEpochsChanged() {
        boolean changed = epochsUnsynced;
        epochsUnsynced = false;
        return changed;
    }

    void started(PendingSync sync) {
        underWay = sync;
        underWayLimit = sync.endOffset();
    }

    /** The sync under way has succeeded up to the offset; returns what it covered. */
    PendingSync.Scope completed(long endOffset) {
        PendingSync sync = underWay;
        if (sync == null || sync.endOffset() != endOffset) {
            throw new IllegalStateException("No sync up to " + endOffset + " is under way");
        }
        underWay = null;
        durableEndOffset = Math.max(durableEndOffset, Math.min(endOffset, underWayLimit));
        return sync.scope();
    }

    /** Everything up to the offset was synced on the event loop itself. */
    void allSynced(long endOffset) {
        durableEndOffset = endOffset;
    }
}
