package io.millrace.broker.log;

import io.millrace.broker.log.cleanup.DamagedFiles;
import io.millrace.broker.log.cleanup.DeletedSegments;
import io.millrace.broker.log.epochs.LeaderEpochs;
import io.millrace.broker.log.segment.Segment;
import io.millrace.broker.log.segment.SegmentFiles;
import io.millrace.broker.log.segment.SegmentLimits;
import io.millrace.broker.log.segment.SegmentView;
import io.millrace.broker.log.segment.Stretch;
import io.millrace.broker.log.segment.TimestampedOffset;
import io.millrace.broker.log.segment.VerifyPoint;
import io.millrace.core.environment.Disk;
import io.millrace.core.records.BatchHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** The segments of a log, of which there is always a last, active one. Confined to the event loop. */
final class SegmentList {
    private final Disk disk;
    private final Path directory;
    private final NavigableMap<Long, Segment> byBaseOffset;
    private final SyncProgress sync;
    private final LeaderEpochs epochs;
    private final DeletedSegments deleted;
    private Segment active;

    SegmentList(
            Disk disk,
            Path directory,
            NavigableMap<Long, Segment> byBaseOffset,
            LeaderEpochs epochs,
            SyncProgress sync) {
        this.disk = disk;
        this.directory = directory;
        this.byBaseOffset = byBaseOffset;
        this.epochs = epochs;
        this.sync = sync;
        this.deleted = new DeletedSegments(disk);
        this.active = byBaseOffset.lastEntry().getValue();
    }

    Segment active() {
        return active;
    }

    /** The segment that the offset lies in. */
    Segment holding(long offset) {
        return byBaseOffset.floorEntry(offset).getValue();
    }

    /** The segment that the offset lies in as it is now, with the epochs that its batches must have. */
    SegmentView view(long offset) {
        return view(holding(offset));
    }

    private SegmentView view(Segment segment) {
        return segment.view().with(epochs.history());
    }

    /** What is to be verified from the point on; empty at the end of the log. */
    Optional<Stretch> stretch(VerifyPoint from, int bytesMax) {
        Segment segment = byBaseOffset.get(from.segment());
        if (segment != null && from.position() < segment.sizeInBytes()) {
            return Optional.of(view(segment).stretch(from.position(), from.offset(), bytesMax));
        }
        Map.Entry<Long, Segment> next = byBaseOffset.higherEntry(from.segment());
        return next == null || next.getValue().sizeInBytes() == 0
                ? Optional.empty()
                : Optional.of(view(next.getValue()).stretch(0, next.getKey(), bytesMax));
    }

    List<Segment> oldestFirst() {
        return List.copyOf(byBaseOffset.values());
    }

    List<Segment> behind(Segment segment) {
        return List.copyOf(byBaseOffset.tailMap(segment.baseOffset(), false).values());
    }

    int count() {
        return byBaseOffset.size();
    }

    long sizeInBytes() {
        return byBaseOffset.values().stream().mapToLong(Segment::sizeInBytes).sum();
    }

    /** The first record from the offset on whose timestamp is at least this. */
    Optional<TimestampedOffset> find(long timestampMillis, long fromOffset) throws IOException {
        for (Segment segment : byBaseOffset.values()) {
            Optional<TimestampedOffset> found = segment.find(timestampMillis, fromOffset);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The first record from the offset on that has the greatest timestamp of all from there. */
    Optional<TimestampedOffset> findMaxTimestamp(long fromOffset) throws IOException {
        long max = BatchHeader.NO_TIMESTAMP;
        for (Segment segment : byBaseOffset.values()) {
            if (segment.maxTimestamp() > max) {
                max = Math.max(max, segment.maxTimestampFrom(fromOffset));
            }
        }
        return max == BatchHeader.NO_TIMESTAMP ? Optional.empty() : find(max, fromOffset);
    }

    /** Closes the active segment to appends and begins the next one behind it. */
    void roll(SegmentLimits limits) throws IOException {
        active.seal();
        sync.changed(active);
        begin(active.nextOffset(), limits);
    }

    /** Begins a segment at the offset, behind all others. */
    Segment begin(long baseOffset, SegmentLimits limits) throws IOException {
        active = Segment.create(disk, new SegmentFiles(directory, baseOffset), limits);
        byBaseOffset.put(baseOffset, active);
        sync.changed(active);
        sync.namesChanged();
        return active;
    }

    /** Cuts the log at the boundary in the segment: that one is the last and active one afterwards. */
    void cut(Segment last, SegmentView.Boundary end, long deletionMillis) throws IOException {
        for (Segment segment : behind(last)) {
            remove(segment, deletionMillis);
        }
        last.cutAt(end);
        sync.changed(last);
        active = last;
    }

    /** Cuts the log at the boundary in the segment, and has the log files of all later ones kept aside. */
    void quarantine(Segment last, SegmentView.Boundary end, DamagedFiles damaged, int number, long deletionMillis)
            throws IOException {
        for (Segment segment : behind(last)) {
            takeOut(segment);
            damaged.take(number, segment.files().log(), segment.baseOffset());
            deleted.addAllButLog(segment, deletionMillis);
        }
        last.cutAt(end);
        sync.changed(last);
        active = last;
    }

    /** Takes the segment out; its files go when {@link #deleteDue} is called at that time or later. */
    void remove(Segment segment, long deletionMillis) throws IOException {
        takeOut(segment);
        deleted.add(segment, deletionMillis);
    }

    private void takeOut(Segment segment) {
        byBaseOffset.remove(segment.baseOffset());
        sync.forget(segment);
        sync.namesChanged();
    }

    int deleteDue(long nowMillis) throws IOException {
        return deleted.deleteDue(nowMillis);
    }

    void close() throws IOException {
        deleted.close();
        for (Segment segment : byBaseOffset.values()) {
            segment.close();
        }
    }
}
