package io.millrace.broker.log;

import io.millrace.broker.log.cleanup.DamagedFiles;
import io.millrace.broker.log.epochs.LeaderEpochs;
import io.millrace.broker.log.segment.Segment;
import io.millrace.broker.log.segment.SegmentView;
import io.millrace.core.environment.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Takes records away from a log, at its start or at its end, in steps that recovery understands. Confined to the event loop. */
final class LogCuts {
    private final Disk disk;
    private final Path directory;
    private final SegmentList segments;
    private final LogMarks marks;
    private final LeaderEpochs epochs;
    private final LogProducers producers;
    private final SyncProgress sync;

    LogCuts(
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

    /** Records before the offset can be read no more, durably; no segment goes. */
    long advanceStart(long offset) throws IOException {
        marks.startAt(offset);
        sync.epochsChanged(epochs.advanceStart(offset));
        return offset;
    }

    /** All batches behind the boundary go, durably. */
    void truncateTo(SegmentView.Boundary end, LogOptions options, long nowMillis) throws IOException {
        Segment last = segments.holding(end.offset());
        marks.rewindRecoveryPoint(last.baseOffset());
        segments.cut(last, end, deletionMillis(options, nowMillis));
        syncCut(last);
    }

    /** All goes, durably, and the log begins anew at the offset. */
    void restartAt(long offset, LogOptions options, long nowMillis) throws IOException {
        marks.rewindRecoveryPoint(0);
        sync.truncatedTo(0);
        sync.epochsChanged(epochs.truncateTo(0));
        producers.clear();
        for (Segment segment : segments.oldestFirst()) {
            segments.remove(segment, deletionMillis(options, nowMillis));
        }
        marks.startAt(offset);
        syncCut(segments.begin(offset, options.segmentLimits()));
        sync.allSynced(offset);
    }

    /**
     * The batch that holds the offset and all later ones are kept aside, durably. What lies before it in its segment stays
     * where it is, so at no moment is anything sound only under a name that recovery does not look at.
     */
    void quarantine(long offset, DamagedFiles damaged, LogOptions options, long nowMillis) throws IOException {
        Segment segment = segments.holding(offset);
        SegmentView.Boundary end = segment.view().boundaryBefore(offset);
        marks.rewindRecoveryPoint(segment.baseOffset());
        int number = damaged.nextNumber();
        damaged.copyTail(number, segment.logFile(), end);
        segments.quarantine(segment, end, damaged, number, deletionMillis(options, nowMillis));
        syncCut(segment);
        if (end.offset() < marks.logStartOffset()) {
            restartAt(marks.logStartOffset(), options, nowMillis);
        }
    }

    /** Whatever a crash leaves of the segment's indexes, recovery makes them once more. */
    void aboutToReindex(Segment segment) throws IOException {
        marks.rewindRecoveryPoint(segment.baseOffset());
        sync.changed(segment);
    }

    /** The oldest segments go, of which none is the active one. */
    void takeOut(List<Segment> expired, LogOptions options, long nowMillis) throws IOException {
        long start = Math.max(marks.logStartOffset(), expired.getLast().nextOffset());
        if (producers.segmentsGo(expired.getLast().nextOffset())) {
            sync.namesChanged();
        }
        marks.startAt(start);
        sync.epochsChanged(epochs.advanceStart(start));
        for (Segment segment : expired) {
            segments.remove(segment, deletionMillis(options, nowMillis));
        }
    }

    /** When files that are taken out now may be deleted. A delay may be as long as a number can be. */
    private static long deletionMillis(LogOptions options, long nowMillis) {
        long due = nowMillis + options.fileDeleteDelayMillis();
        return due < nowMillis ? Long.MAX_VALUE : due;
    }

    /** Without this, new batches and remains of those cut off could survive a loss of power side by side. */
    private void syncCut(Segment last) throws IOException {
        sync.truncatedTo(last.nextOffset());
        sync.epochsChanged(epochs.truncateTo(last.nextOffset()));
        producers.cutAt(last.nextOffset(), segments.oldestFirst());
        last.logFile().sync();
        disk.syncDirectory(directory);
    }
}
