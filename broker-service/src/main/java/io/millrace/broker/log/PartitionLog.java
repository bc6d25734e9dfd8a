package io.millrace.broker.log;

import io.millrace.broker.log.cleanup.DamagedFiles;
import io.millrace.broker.log.epochs.EpochEnd;
import io.millrace.broker.log.epochs.LeaderEpochs;
import io.millrace.broker.log.producers.ProducerStates;
import io.millrace.broker.log.segment.LogDamage;
import io.millrace.broker.log.segment.Segment;
import io.millrace.broker.log.segment.SegmentView;
import io.millrace.broker.log.segment.Stretch;
import io.millrace.broker.log.segment.TimestampedOffset;
import io.millrace.broker.log.segment.VerifyPoint;
import io.millrace.core.api.NoRecords;
import io.millrace.core.api.RecordsSlice;
import io.millrace.core.environment.Disk;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The log of one partition: record batches with continuous offsets in a directory of segments.
 *
 * <p>Confined to the partition's event loop, but for the slices that {@link #read} hands out and for running a
 * {@link PendingSync}. Any IOException of any method here, and of a PendingSync, is final: the log refuses all further
 * use with {@link LogFailedException}, and what was not durable before counts as lost. Only a CorruptSegmentException is
 * not, and whatever cannot be read is one: nothing was changed, the rest of the log stays in use, and {@link #damageAt} says
 * what is wrong.
 */
public final class PartitionLog implements AutoCloseable {
    private final Path directory;
    private final LogObserver observer;
    private final SegmentList segments;
    private final LogMarks marks;
    private final LeaderEpochs epochs;
    private final LogProducers producers;
    private final SyncProgress sync;
    private final BatchAppender appender;
    private final LogCuts cuts;
    private final LogSyncs syncs;
    private final DamagedFiles damaged;
    private final Fuse fuse;
    private final OpenedLog opened;
    private LogOptions options;

    private PartitionLog(Disk disk, Path directory, LogOptions options, LogObserver observer, LogOpening.Found found) {
        this.directory = directory;
        this.options = options;
        this.observer = observer;
        this.marks = new LogMarks(found.checkpointFile(), found.checkpoint());
        this.epochs = found.epochs();
        this.producers = found.producers();
        this.opened = found.opened();
        this.damaged = found.damaged();
        this.fuse = new Fuse(directory.toString());
        this.sync = new SyncProgress(found.segments().lastEntry().getValue().nextOffset());
        this.segments = new SegmentList(disk, directory, found.segments(), epochs, sync);
        this.appender = new BatchAppender(segments, epochs, producers, sync, observer);
        this.cuts = new LogCuts(disk, directory, segments, marks, epochs, producers, sync);
        this.syncs = new LogSyncs(disk, directory, segments, marks, epochs, producers, sync);
    }

    /**
     * Opens the log in the directory, which lies in another one, creating all when absent. Unless it was closed in order, it is recovered: what
     * was ever covered by a completed sync is there, a torn end is cut off, and all that is left is durable.
     */
    public static PartitionLog open(Disk disk, Path directory, LogOptions options, LogObserver observer)
            throws IOException {
        return open(disk, directory, options, observer, 0);
    }

    /**
     * Opens the log of which it is known that it was durable up to an offset once. What recovery must cut off before that
     * offset is damaged, not torn, and is kept aside.
     */
    public static PartitionLog open(
            Disk disk, Path directory, LogOptions options, LogObserver observer, long knownDurableEnd)
            throws IOException {
        LogOpening opening = new LogOpening(disk, directory, options, observer, knownDurableEnd);
        return new PartitionLog(disk, directory, options, observer, opening.open());
    }

    /** What was found when this log was opened. */
    public OpenedLog opened() {
        return opened;
    }

    /** The first offset that may be read. */
    public long logStartOffset() {
        return marks.logStartOffset();
    }

    /** The offset that the next record gets. */
    public long logEndOffset() {
        return segments.active().nextOffset();
    }

    /** Records before this offset survive a loss of power. */
    public long durableEndOffset() {
        return sync.durableEndOffset();
    }

    /** Bytes of all batches. */
    public long sizeInBytes() {
        return segments.sizeInBytes();
    }

    public int segmentCount() {
        return segments.count();
    }

    /** Other options from now on. */
    public void configure(LogOptions newOptions) {
        options = newOptions;
    }

    /**
     * Appends a batch that was checked and has its offsets and leader epoch; it begins at the log end offset. It can be
     * read at once, and is durable after a sync. Throws DiskFullException when there is no room: nothing of the batch is
     * ever read then.
     */
    public void append(RecordBatch batch, long nowMillis) throws IOException {
        if (batch.baseOffset() != logEndOffset()) {
            throw new IllegalArgumentException("A batch at offset " + batch.baseOffset() + " cannot follow " + directory
                    + " up to " + logEndOffset());
        }
        change(() -> {
            appender.append(batch, options, nowMillis);
            return batch;
        });
    }

    /**
     * Appends batches as a leader sent them, offsets and epochs included: from the buffer's position to its limit, neither
     * of which is moved, the last batch perhaps cut off. Each must be intact, follow the one before it, and be of an epoch
     * that does not fall and is at most the leader's. Those before the first that is not are appended, as {@link #append}
     * does it; that one and what is behind it is not.
     */
    public AppendedAsFollower appendAsFollower(ByteBuffer sent, int leaderEpoch, long nowMillis) throws IOException {
        ReceivedBatches received =
                ReceivedBatches.check(sent, logEndOffset(), latestEpoch().orElse(-1), leaderEpoch);
        if (!received.sound().isEmpty()) {
            change(() -> {
                appender.append(received.source(), received.sound(), options, nowMillis);
                return received;
            });
        }
        return new AppendedAsFollower(
                received.sound().size(), received.soundBytes(), logEndOffset(), received.problem());
    }

    /**
     * Batches from the one that holds the offset on, before the limit offset: at most so many bytes, the last batch
     * perhaps cut off, but the first whole. Empty at the limit and at the end of the log. The offset lies between log
     * start and log end. The slice may be read on any thread; it stays readable for the file delete delay after its
     * segment left the log.
     */
    public RecordsSlice read(long offset, int maxBytes, long limitOffset) throws IOException {
        if (offset < logStartOffset() || offset > logEndOffset()) {
            throw new IllegalArgumentException("Offset " + offset + " is not in " + directory + ", which goes from "
                    + logStartOffset() + " to " + logEndOffset());
        }
        if (offset >= Math.min(limitOffset, logEndOffset())) {
            fuse.requireIntact();
            return NoRecords.INSTANCE;
        }
        RecordsSlice slice = find(() -> segments.holding(offset).read(offset, maxBytes, limitOffset));
        return new WatchedSlice(slice, offset, epochs.history(), observer);
    }

    /**
     * The next batches to be verified from the point on: up to so many bytes and the rest of a batch, all of one segment.
     * Empty at the end of the log. Where segments have gone, it goes on behind them.
     */
    public Optional<Stretch> toVerify(VerifyPoint from, int bytesMax) throws IOException {
        fuse.requireIntact();
        return segments.stretch(from, bytesMax);
    }

    /**
     * What is wrong with the batch that holds the offset, or with the segment before it; empty when nothing is, or when the
     * log does not reach there. Reads the segment's headers up to there, so it is for those who have a suspicion.
     */
    public Optional<LogDamage> damageAt(long offset) throws IOException {
        return damageFrom(offset, 1);
    }

    /** The first damage within so many bytes from the batch on that holds the offset, as {@link #damageAt} finds it. */
    public Optional<LogDamage> damageFrom(long offset, int bytes) throws IOException {
        fuse.requireIntact();
        return offset < logStartOffset() || offset >= logEndOffset()
                ? Optional.empty()
                : segments.view(offset).damageFrom(offset, bytes);
    }

    /** Whether damage that was found is still there: a cut may have taken it, or a medium may read again. */
    public boolean isStill(LogDamage damage) throws IOException {
        fuse.requireIntact();
        return segments.view(Math.max(damage.offset(), logStartOffset())).has(damage);
    }

    /** The first record of the log whose timestamp is at least this. */
    public Optional<TimestampedOffset> offsetForTimestamp(long timestampMillis) throws IOException {
        return find(() -> segments.find(timestampMillis, logStartOffset()));
    }

    /** The first record with the greatest timestamp of the log (KIP-734). */
    public Optional<TimestampedOffset> offsetOfMaxTimestamp() throws IOException {
        return find(() -> segments.findMaxTimestamp(logStartOffset()));
    }

    /** The leader epoch of the last batch, if there was ever one. */
    public OptionalInt latestEpoch() {
        return epochs.latest().map(entry -> OptionalInt.of(entry.epoch())).orElse(OptionalInt.empty());
    }

    /** The leader epoch of the batch that holds the offset, if it is in the log. */
    public OptionalInt epochAt(long offset) {
        return offset < logStartOffset() || offset >= logEndOffset()
                ? OptionalInt.empty()
                : epochs.at(offset).map(entry -> OptionalInt.of(entry.epoch())).orElse(OptionalInt.empty());
    }

    /** Where the largest epoch of this log that is at most the one given ends (KIP-101, KIP-279). */
    public Optional<EpochEnd> endOfEpoch(int epoch) {
        return epochs.endOf(epoch, logEndOffset());
    }

    /** The idempotent producers, as the batches of this log make them known. */
    public ProducerStates producers() {
        return producers.states();
    }

    /** Makes records before the offset unreadable, durably; their segments go with {@link #deleteOldSegments}. */
    public void advanceStart(long offset) throws IOException {
        if (offset > logEndOffset()) {
            throw new IllegalArgumentException("Log start " + offset + " would be behind the end " + logEndOffset());
        }
        if (offset > logStartOffset()) {
            change(() -> cuts.advanceStart(offset));
        }
    }

    /**
     * Cuts the log to at most the offset: the batch that holds it and all later ones go, durably. Returns the new log
     * end offset.
     */
    public long truncateTo(long offset, long nowMillis) throws IOException {
        if (offset < logStartOffset()) {
            throw new IllegalArgumentException("Cannot cut " + directory + " before its start " + logStartOffset());
        }
        if (offset >= logEndOffset()) {
            return logEndOffset();
        }
        // Looked for before anything is changed: what is damaged on the way there leaves the log as it was.
        sync.failure().ifPresent(fuse::blow);
        SegmentView.Boundary end =
                fuse.tolerateDamage(() -> segments.holding(offset).boundaryAt(offset));
        return change(() -> {
            cuts.truncateTo(end, options, nowMillis);
            return logEndOffset();
        });
    }

    /**
     * Cuts the log, durably, before the batch that holds the offset, and keeps that one and all later ones aside in files
     * whose names end with {@code .damaged}: for a replica that then fetches them anew. Returns the new log end offset.
     */
    public long quarantine(long offset, long nowMillis) throws IOException {
        if (offset < logStartOffset() || offset >= logEndOffset()) {
            throw new IllegalArgumentException("Offset " + offset + " is not in " + directory);
        }
        return change(() -> {
            long end = logEndOffset();
            long bytes = sizeInBytes();
            cuts.quarantine(offset, damaged, options, nowMillis);
            observer.keptAside(logEndOffset(), end, bytes - sizeInBytes());
            return logEndOffset();
        });
    }

    /**
     * Makes the indexes of the segment that holds the offset anew: for when reading there throws a CorruptSegmentException
     * and {@link #damageAt} finds nothing wrong, so that only an index can be. Reads the whole segment.
     */
    public void reindex(long offset) throws IOException {
        Segment segment = segments.holding(offset);
        change(() -> {
            cuts.aboutToReindex(segment);
            return segment;
        });
        sync.failure().ifPresent(fuse::blow);
        fuse.tolerateDamage(() -> {
            segment.reindex();
            return segment;
        });
    }

    /** Drops all records and goes on at the offset, durably: for a replica that shares nothing with its leader's log. */
    public void restartAt(long offset, long nowMillis) throws IOException {
        change(() -> {
            cuts.restartAt(offset, options, nowMillis);
            return offset;
        });
    }

    /**
     * Takes segments out of the log that retention or deleted records have made superfluous and that lie wholly before
     * the limit offset; deletes the files of those whose delay has passed. Returns how many were taken out.
     */
    public int deleteOldSegments(long nowMillis, long limitOffset) throws IOException {
        sync.failure().ifPresent(fuse::blow);
        fuse.requireIntact();
        producers.expire(nowMillis);
        List<Segment> expired =
                options.retention().expired(segments.oldestFirst(), logStartOffset(), limitOffset, nowMillis);
        if (!expired.isEmpty()) {
            change(() -> takeOut(expired, nowMillis));
        }
        if (!sync.isUnderWay()) {
            look(() -> {
                damaged.deleteOld(nowMillis);
                return segments.deleteDue(nowMillis);
            });
        }
        return expired.size();
    }

    /**
     * What must be synced now for the log to be durable up to its present end; empty when it is. One sync may be under
     * way at a time: after its {@link PendingSync#run}, {@link #syncedUpTo} must be called before the next one.
     */
    public Optional<PendingSync> pendingSync() throws IOException {
        return look(syncs::begin);
    }

    /** The pending sync up to this offset was run without error. Returns the durable end offset. */
    public long syncedUpTo(long endOffset) throws IOException {
        return look(() -> syncs.completed(endOffset));
    }

    /** A bug has shown itself: the log refuses all further use, and is checked when it is opened the next time. */
    public void distrust(Exception cause) {
        fuse.blow(cause instanceof IOException error ? error : new IOException(cause));
    }

    /** Says whether the log refuses all use, after an error of its disk or because nobody trusts it any more. */
    public boolean isOutOfService() {
        return fuse.isBlown();
    }

    /**
     * Syncs everything and marks the log as closed in order, so that it opens without a scan; a failed log is only
     * closed. No sync may be under way.
     */
    @Override
    public void close() throws IOException {
        sync.failure().ifPresent(fuse::blow);
        if (!fuse.isBlown() && !marks.isClean()) {
            look(() -> {
                syncs.closeInOrder();
                return marks;
            });
        }
        segments.close();
        marks.close();
    }

    private Object takeOut(List<Segment> expired, long nowMillis) throws IOException {
        if (expired.contains(segments.active())) {
            appender.roll(options);
        }
        cuts.takeOut(expired, options, nowMillis);
        expired.forEach(segment -> observer.segmentDeleted(segment.baseOffset(), segment.sizeInBytes()));
        return expired;
    }

    private <T> T change(Fuse.Operation<T> operation) throws IOException {
        return look(() -> {
            marks.aboutToChange();
            return operation.run();
        });
    }

    private <T> T find(Fuse.Operation<T> operation) throws IOException {
        sync.failure().ifPresent(fuse::blow);
        return fuse.read(operation);
    }

    private <T> T look(Fuse.Operation<T> operation) throws IOException {
        sync.failure().ifPresent(fuse::blow);
        return fuse.run(operation);
    }
}
