package io.millrace.broker.log.segment;

import io.millrace.broker.log.epochs.EpochHistory;
import io.millrace.core.api.RecordsSlice;
import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.records.BatchCheck;
import io.millrace.core.records.BatchHeader;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * A part of a log: batches with continuous offsets from a base offset on. Confined to the partition's event loop, but
 * for the slices that it hands out and the files that it names for syncing.
 */
public final class Segment {
    private static final int LOOKUP_WINDOW_BYTES = 4096 + 1024;
    private static final int SCAN_WINDOW_BYTES = 1 << 20;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final SegmentFiles files;
    private final DiskFile log;
    private final SegmentIndexes indexes;
    private final int indexIntervalBytes;
    private int size;
    private long nextOffset;
    private long maxTimestamp = BatchHeader.NO_TIMESTAMP;
    private long offsetOfMaxTimestamp;
    private long firstTimestamp = UNKNOWN;
    private long firstAskedMillis = UNKNOWN;
    private int bytesSinceIndexEntry;

    private Segment(SegmentFiles files, DiskFile log, SegmentIndexes indexes, int indexIntervalBytes) {
        this.files = files;
        this.log = log;
        this.indexes = indexes;
        this.indexIntervalBytes = indexIntervalBytes;
        this.nextOffset = files.baseOffset();
        this.offsetOfMaxTimestamp = files.baseOffset();
    }

    /** Begins an empty segment. */
    public static Segment create(Disk disk, SegmentFiles files, SegmentLimits limits) throws IOException {
        Segment segment = withFiles(disk, files, limits);
        segment.log.truncate(0);
        segment.indexes.clear();
        return segment;
    }

    /**
     * Opens a segment that was synced in full and ends before the offset, without reading all its batches.
     *
     * @param damaged hears from which offset on batches are damaged, if they had to be read
     */
    public static Segment open(
            Disk disk, SegmentFiles files, SegmentLimits limits, long nextOffset, LongConsumer damaged)
            throws IOException {
        boolean indexed = disk.exists(files.offsetIndex()) && disk.exists(files.timeIndex());
        Segment segment = withFiles(disk, files, limits);
        if (indexed && segment.indexes.areWhole()) {
            segment.size = Math.toIntExact(segment.log.size());
            segment.nextOffset = nextOffset;
            segment.restoreTimestamps();
        } else {
            segment.rebuild(batch -> true);
        }
        if (segment.nextOffset > nextOffset) {
            throw new CorruptSegmentException(segment.log + " must hold offsets up to " + nextOffset
                    + ", but holds them to " + segment.nextOffset);
        }
        if (segment.nextOffset < nextOffset) {
            damaged.accept(segment.nextOffset);
            segment.size = Math.toIntExact(segment.log.size());
            segment.nextOffset = nextOffset;
        }
        return segment;
    }

    /**
     * Opens a segment of which nothing is certain: takes its intact, continuous batches from the start on, and makes its
     * indexes anew. What is behind them is there until {@link #dropTail()}. Nothing of this is synced.
     *
     * @param kept hears of each batch, and says whether it is kept
     */
    public static Segment scan(Disk disk, SegmentFiles files, SegmentLimits limits, Predicate<BatchHeader> kept)
            throws IOException {
        Segment segment = withFiles(disk, files, limits);
        segment.rebuild(kept);
        return segment;
    }

    private static Segment withFiles(Disk disk, SegmentFiles files, SegmentLimits limits) throws IOException {
        return new Segment(
                files, disk.open(files.log()), SegmentIndexes.open(disk, files), limits.indexIntervalBytes());
    }

    public SegmentFiles files() {
        return files;
    }

    public long baseOffset() {
        return files.baseOffset();
    }

    /** The offset after the last batch. */
    public long nextOffset() {
        return nextOffset;
    }

    public int sizeInBytes() {
        return size;
    }

    /** The greatest timestamp of its records, or -1. */
    public long maxTimestamp() {
        return maxTimestamp;
    }

    /** Says whether the batch may still go into this segment. An empty segment takes any batch. */
    public boolean hasRoomFor(BatchHeader batch, SegmentLimits limits, long nowMillis) throws IOException {
        if (size == 0) {
            return true;
        }
        return (long) size + batch.sizeInBytes() <= limits.bytes()
                && batch.lastOffset() - baseOffset() <= Integer.MAX_VALUE
                && indexes.haveRoom(1, limits.indexBytes())
                && ageAt(batch, nowMillis) <= limits.millis();
    }

    /**
     * Says whether the batch may go into this segment behind the run, which is not yet written. May say no too early, as
     * nobody knows how many index entries the run will take.
     */
    public boolean hasRoomFor(BatchRun run, BatchHeader batch, SegmentLimits limits, long nowMillis)
            throws IOException {
        if (run.isEmpty()) {
            return hasRoomFor(batch, limits, nowMillis);
        }
        return (long) size + run.sizeInBytes() + batch.sizeInBytes() <= limits.bytes()
                && batch.lastOffset() - baseOffset() <= Integer.MAX_VALUE
                && indexes.haveRoom(run.batches().size() + 1, limits.indexBytes())
                && (size == 0 ? isInReach(run, batch, limits) : ageAt(batch, nowMillis) <= limits.millis());
    }

    private static boolean isInReach(BatchRun run, BatchHeader batch, SegmentLimits limits) {
        long first = run.batches().getFirst().maxTimestamp();
        return first >= 0 && batch.maxTimestamp() - first <= limits.millis();
    }

    /** Writes the batches, which begin at {@link #nextOffset()}, behind the others. */
    public void append(BatchRun run) throws IOException {
        try {
            log.write(run.content(), size);
        } catch (IOException e) {
            cutHalfBatch(e);
            throw e;
        }
        for (BatchHeader batch : run.batches()) {
            take(batch);
        }
    }

    /** Recovery would cut it as well; so that this fails, too, changes nothing. */
    private void cutHalfBatch(IOException cause) {
        try {
            if (log.size() > size) {
                log.truncate(size);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Notes a batch that stands at the end of what was noted before. */
    private void take(BatchHeader batch) throws IOException {
        if (size == 0) {
            firstTimestamp = batch.maxTimestamp();
        }
        noteTimestamp(batch);
        if (bytesSinceIndexEntry > indexIntervalBytes) {
            indexes.add(relative(batch.lastOffset()), size, maxTimestamp, relative(offsetOfMaxTimestamp));
            bytesSinceIndexEntry = 0;
        }
        size += batch.sizeInBytes();
        bytesSinceIndexEntry += batch.sizeInBytes();
        nextOffset = batch.nextOffset();
    }

    /**
     * Batches from the one that holds the offset (of this segment) up to the limit offset: at most so many bytes, but
     * the first batch whole.
     */
    public RecordsSlice read(long offset, int maxBytes, long limitOffset) throws IOException {
        BatchWalk walk = walkTo(offset);
        int start = (int) walk.position();
        int firstBytes = walk.header().sizeInBytes();
        long firstOffset = walk.header().baseOffset();
        if (walk.header().nextOffset() > limitOffset) {
            return new FileSlice(log, start, 0, firstOffset);
        }
        int wanted = (int) Math.min(Math.max(maxBytes, firstBytes), (long) size - start);
        int end = start + wanted;
        if (limitOffset < nextOffset) {
            end = Math.min(end, (int) walkTo(limitOffset).position());
        }
        return new FileSlice(log, start, end - start, firstOffset);
    }

    /** The first record at or after the offset whose timestamp is at least this. */
    public Optional<TimestampedOffset> find(long timestamp, long fromOffset) throws IOException {
        if (size == 0 || fromOffset >= nextOffset || maxTimestamp < timestamp) {
            return Optional.empty();
        }
        long hint = Math.min(baseOffset() + indexes.offsetFor(timestamp), nextOffset - 1);
        BatchWalk walk = walkTo(Math.max(hint, Math.max(fromOffset, baseOffset())));
        do {
            BatchHeader header = walk.header();
            if (header.maxTimestamp() >= timestamp && header.lastOffset() >= fromOffset) {
                Optional<TimestampedOffset> found = TimestampedOffset.firstIn(walk.batch(), timestamp, fromOffset);
                if (found.isPresent()) {
                    return found;
                }
            }
        } while (walk.moveToNext());
        return Optional.empty();
    }

    /** The greatest timestamp of the batches that reach the offset, or -1. */
    public long maxTimestampFrom(long offset) throws IOException {
        if (offset >= nextOffset) {
            return BatchHeader.NO_TIMESTAMP;
        }
        if (offset <= offsetOfMaxTimestamp) {
            return maxTimestamp;
        }
        long max = BatchHeader.NO_TIMESTAMP;
        BatchWalk walk = walkTo(offset);
        do {
            max = Math.max(max, walk.header().maxTimestamp());
        } while (walk.moveToNext());
        return max;
    }

    /** Writes what the indexes hold back and their last entry: nothing will be appended for now. */
    public void seal() throws IOException {
        indexes.addTime(maxTimestamp, relative(offsetOfMaxTimestamp));
        indexes.flush();
    }

    /** Where the batch begins that holds the offset (of this segment). */
    public SegmentView.Boundary boundaryAt(long offset) throws IOException {
        BatchWalk walk = walkTo(offset);
        return new SegmentView.Boundary((int) walk.position(), walk.header().baseOffset());
    }

    /** Cuts off what lies behind the boundary. */
    public void cutAt(SegmentView.Boundary end) throws IOException {
        size = end.position();
        nextOffset = end.offset();
        firstTimestamp = UNKNOWN;
        log.truncate(size);
        indexes.truncate(relative(nextOffset));
        restoreTimestamps();
    }

    /**
     * Makes the indexes anew from the batches. Throws CorruptSegmentException, and leaves the segment as long as it was,
     * when the batches themselves are damaged.
     */
    public void reindex() throws IOException {
        SegmentView before = view();
        size = 0;
        nextOffset = baseOffset();
        maxTimestamp = BatchHeader.NO_TIMESTAMP;
        offsetOfMaxTimestamp = baseOffset();
        bytesSinceIndexEntry = 0;
        rebuild(batch -> true);
        long reached = nextOffset;
        size = before.size();
        nextOffset = before.endOffset();
        if (reached != nextOffset) {
            throw new CorruptSegmentException("Log file " + log + " is damaged at offset " + reached, reached);
        }
    }

    /** Bytes in the file behind the last batch. */
    public long tailBytes() throws IOException {
        return log.size() - size;
    }

    /** Cuts off the bytes behind the last batch. */
    public void dropTail() throws IOException {
        if (tailBytes() > 0) {
            log.truncate(size);
        }
    }

    /** The segment as it is now. */
    public SegmentView view() {
        return new SegmentView(log, files, size, nextOffset, EpochHistory.NONE);
    }

    public DiskFile logFile() {
        return log;
    }

    public List<DiskFile> indexFiles() {
        return indexes.files();
    }

    /** Closes the files; slices handed out are unreadable from now on. */
    public void close() throws IOException {
        log.close();
        for (DiskFile index : indexes.files()) {
            index.close();
        }
    }

    private void rebuild(Predicate<BatchHeader> kept) throws IOException {
        indexes.clear();
        long length = log.size();
        BatchWalk walk = new BatchWalk(log, Math.min(length, Integer.MAX_VALUE), SCAN_WINDOW_BYTES);
        while (walk.moveTo(size) && continues(walk.batch()) && kept.test(walk.header())) {
            take(walk.header());
        }
        seal();
    }

    private boolean continues(RecordBatch batch) {
        return batch.baseOffset() == nextOffset
                && batch.lastOffset() - baseOffset() <= Integer.MAX_VALUE
                && BatchCheck.intact(batch.buffer()).isEmpty();
    }

    /** What the time index does not say of the batches behind its last entry, the headers do: a few KiB at most. */
    private void restoreTimestamps() throws IOException {
        maxTimestamp = indexes.lastTimestamp();
        offsetOfMaxTimestamp = baseOffset() + indexes.lastTimestampOffset();
        int from = indexes.lastPosition();
        bytesSinceIndexEntry = size - from;
        BatchWalk walk = new BatchWalk(log, size, LOOKUP_WINDOW_BYTES);
        for (boolean there = walk.moveTo(from); there; there = walk.moveToNext()) {
            noteTimestamp(walk.header());
        }
    }

    private void noteTimestamp(BatchHeader batch) {
        if (batch.maxTimestamp() > maxTimestamp) {
            maxTimestamp = batch.maxTimestamp();
            offsetOfMaxTimestamp = batch.lastOffset();
        }
    }

    private BatchWalk walkTo(long offset) throws IOException {
        BatchWalk walk = new BatchWalk(log, size, LOOKUP_WINDOW_BYTES);
        int start = indexes.positionFor(relative(offset));
        if (!walk.moveTo(start)) {
            throw new CorruptSegmentException("No batch at position " + start + " of " + log, offset);
        }
        while (walk.header().lastOffset() < offset) {
            if (!walk.moveToNext()) {
                throw new CorruptSegmentException("No batch with offset " + offset + " in " + log, offset);
            }
        }
        if (walk.header().baseOffset() > offset) {
            throw new CorruptSegmentException(
                    "A batch at offset " + walk.header().baseOffset() + " of " + log + " where offset " + offset
                            + " must be",
                    offset);
        }
        return walk;
    }

    /** By the batches' timestamps, as Kafka does it; without such, by the clock since this was first asked. */
    private long ageAt(BatchHeader batch, long nowMillis) throws IOException {
        if (firstTimestamp == UNKNOWN) {
            firstTimestamp = view().firstTimestamp();
        }
        if (firstTimestamp >= 0) {
            return batch.maxTimestamp() - firstTimestamp;
        }
        if (firstAskedMillis == UNKNOWN) {
            firstAskedMillis = nowMillis;
        }
        return nowMillis - firstAskedMillis;
    }

    private int relative(long offset) {
        return Math.toIntExact(offset - baseOffset());
    }
}
