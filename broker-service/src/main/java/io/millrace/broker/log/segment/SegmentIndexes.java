package io.millrace.broker.log.segment;

import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import java.io.IOException;
import java.util.List;

/**
 * The two indexes of a segment, with Kafka's entries. Offset index: last offset of a batch -> where the batch begins.
 * Time index: a timestamp that no batch so far exceeds -> last offset of the batch that has it; an entry is there
 * whenever the offset index has one and the timestamp has grown. Offsets are relative to the segment's base.
 */
final class SegmentIndexes {
    private static final int OFFSET_ENTRY_BYTES = 8;
    private static final int TIME_ENTRY_BYTES = 12;

    private final IndexFile offsets;
    private final IndexFile times;

    private SegmentIndexes(IndexFile offsets, IndexFile times) {
        this.offsets = offsets;
        this.times = times;
    }

    static SegmentIndexes open(Disk disk, SegmentFiles files) throws IOException {
        return new SegmentIndexes(
                new IndexFile(disk.openUnshared(files.offsetIndex()), Integer.BYTES),
                new IndexFile(disk.openUnshared(files.timeIndex()), Long.BYTES));
    }

    /** Says whether each could take so many entries more, and the time index its final one. */
    boolean haveRoom(int entries, int indexBytes) {
        return (offsets.count() + entries) * OFFSET_ENTRY_BYTES <= indexBytes
                && (times.count() + entries + 1) * TIME_ENTRY_BYTES <= indexBytes;
    }

    boolean areWhole() throws IOException {
        return offsets.isWhole() && times.isWhole();
    }

    void add(int relativeLastOffset, int position, long maxTimestamp, int relativeOffsetOfMax) throws IOException {
        offsets.append(relativeLastOffset, position);
        addTime(maxTimestamp, relativeOffsetOfMax);
    }

    void addTime(long maxTimestamp, int relativeOffsetOfMax) throws IOException {
        if (maxTimestamp >= 0 && (times.count() == 0 || maxTimestamp > times.lastKey())) {
            times.append(maxTimestamp, relativeOffsetOfMax);
        }
    }

    /** Where to begin a walk that looks for the offset: at a batch that begins at or before it. */
    int positionFor(int relativeOffset) throws IOException {
        return offsets.floorValue(relativeOffset, 0);
    }

    /** A relative offset before which every timestamp is at most this one. */
    int offsetFor(long timestamp) throws IOException {
        return times.floorValue(timestamp, 0);
    }

    /** Where the last indexed batch begins. */
    int lastPosition() throws IOException {
        return offsets.count() == 0 ? 0 : offsets.lastValue();
    }

    /** The greatest indexed timestamp, or -1. */
    long lastTimestamp() throws IOException {
        return times.count() == 0 ? -1 : times.lastKey();
    }

    /** The relative last offset of the batch with the greatest indexed timestamp, or 0. */
    int lastTimestampOffset() throws IOException {
        return times.count() == 0 ? 0 : times.lastValue();
    }

    /** Forgets entries of batches whose last offset is the relative offset or above. */
    void truncate(int relativeOffset) throws IOException {
        int keep = offsets.count();
        while (keep > 0 && offsets.keyAt(keep - 1) >= relativeOffset) {
            keep--;
        }
        offsets.truncate(keep);
        int keepTimes = times.count();
        while (keepTimes > 0 && times.valueAt(keepTimes - 1) >= relativeOffset) {
            keepTimes--;
        }
        times.truncate(keepTimes);
    }

    void clear() throws IOException {
        offsets.truncate(0);
        times.truncate(0);
    }

    void flush() throws IOException {
        offsets.flush();
        times.flush();
    }

    List<DiskFile> files() {
        return List.of(offsets.file(), times.file());
    }
}
