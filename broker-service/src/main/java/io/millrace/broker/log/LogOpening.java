package io.millrace.broker.log;

import io.millrace.broker.log.cleanup.DamagedFiles;
import io.millrace.broker.log.epochs.DamagedEpochsException;
import io.millrace.broker.log.epochs.EpochFile;
import io.millrace.broker.log.epochs.EpochHistory;
import io.millrace.broker.log.epochs.LeaderEpochs;
import io.millrace.broker.log.segment.Segment;
import io.millrace.broker.log.segment.SegmentFiles;
import io.millrace.broker.log.segment.SegmentView;
import io.millrace.core.environment.Disk;
import io.millrace.core.environment.DiskFile;
import io.millrace.core.records.BatchHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out what a log's directory holds. A log closed in order is taken as it is. Any other is scanned from its
 * recovery point on, cut where whole, continuous batches end, and synced before it is given out, because what was read
 * may so far be in memory only.
 */
final class LogOpening {
    private final Disk disk;
    private final Path directory;
    private final LogOptions options;
    private final LogObserver observer;
    private final long knownDurableEnd;
    private final NavigableMap<Long, Segment> segments = new TreeMap<>();
    private final LeaderEpochs epochs = new LeaderEpochs();
    private LogProducers producers;
    private final List<Segment> scanned = new ArrayList<>();
    private EpochHistory writtenDown = EpochHistory.NONE;
    private DamagedFiles damaged;
    private long cutBytes;

    LogOpening(Disk disk, Path directory, LogOptions options, LogObserver observer, long knownDurableEnd) {
        this.disk = disk;
        this.directory = directory;
        this.options = options;
        this.observer = observer;
        this.knownDurableEnd = knownDurableEnd;
        this.damaged = new DamagedFiles(disk, directory, List.of());
        this.producers = new LogProducers(disk, directory, List.of(), epochs, options.producers());
    }

    /** A log as it was found; every byte of it is durable. */
    record Found(
            NavigableMap<Long, Segment> segments,
            CheckpointFile checkpointFile,
            Checkpoint checkpoint,
            LeaderEpochs epochs,
            LogProducers producers,
            DamagedFiles damaged,
            OpenedLog opened) {}

    Found open() throws IOException {
        if (!disk.exists(directory)) {
            disk.createDirectories(directory);
            disk.syncDirectory(Objects.requireNonNull(directory.getParent()));
        }
        NavigableSet<Long> bases = tidyUp();
        CheckpointFile file = CheckpointFile.open(disk, directory);
        boolean existed = !bases.isEmpty() || file.latest().isPresent();
        Checkpoint last = readEpochs(file.latest().orElse(Checkpoint.unclean(bases.isEmpty() ? 0 : bases.first(), 0)));
        dropBefore(bases, last.logStartOffset());
        boolean closedInOrder = isAsItWasClosed(last, bases);
        if (closedInOrder) {
            openTrusted(bases, last.cleanEndOffset());
            producers.findOut(segments.values(), bases.first(), last.cleanEndOffset());
            producers.settle(segments.values(), last.cleanEndOffset());
        }
        Checkpoint now = closedInOrder ? last : recover(last, bases, file);
        long end = segments.lastEntry().getValue().nextOffset();
        return new Found(
                segments, file, now, epochs, producers, damaged, new OpenedLog(existed, closedInOrder, end, cutBytes));
    }

    /** Takes over which epochs were written down. When they are damaged every batch has to be asked, so no end is trusted. */
    private Checkpoint readEpochs(Checkpoint last) throws IOException {
        try {
            new EpochFile(disk, directory).read().forEach(entry -> epochs.note(entry.epoch(), entry.startOffset()));
            writtenDown = epochs.history();
            return last;
        } catch (DamagedEpochsException damage) {
            return Checkpoint.unclean(last.logStartOffset(), 0);
        }
    }

    /** Deletes what an earlier run left to be deleted; returns the base offsets of the segments that are there. */
    private NavigableSet<Long> tidyUp() throws IOException {
        NavigableSet<Long> bases = new TreeSet<>();
        List<String> names = disk.list(directory);
        damaged = new DamagedFiles(disk, directory, names);
        producers = new LogProducers(disk, directory, names, epochs, options.producers());
        for (String name : names) {
            SegmentFiles.baseOffsetOfLog(name).ifPresent(bases::add);
        }
        for (String name : names) {
            OptionalLong base = SegmentFiles.baseOffsetOf(name);
            boolean orphan = base.isPresent() && !bases.contains(base.getAsLong());
            if (orphan || name.endsWith(SegmentFiles.DELETED) || name.endsWith(".tmp")) {
                disk.delete(directory.resolve(name));
            }
        }
        return bases;
    }

    /** What a crash in the middle of retention left. */
    private void dropBefore(NavigableSet<Long> bases, long start) throws IOException {
        while (bases.size() > 1 && Objects.requireNonNull(bases.higher(bases.first())) <= start) {
            delete(files(Objects.requireNonNull(bases.pollFirst())));
        }
    }

    private boolean isAsItWasClosed(Checkpoint last, NavigableSet<Long> bases) throws IOException {
        if (!last.isClean() || bases.isEmpty() || last.cleanEndOffset() < bases.last()) {
            return false;
        }
        try (DiskFile log = disk.open(files(bases.last()).log())) {
            return log.size() == last.cleanBytes();
        }
    }

    private void openTrusted(NavigableSet<Long> bases, long endOffset) throws IOException {
        for (Long base : bases) {
            Long next = bases.higher(base);
            segments.put(
                    base,
                    Segment.open(
                            disk,
                            files(base),
                            options.segmentLimits(),
                            next == null ? endOffset : next,
                            offset -> observer.suspected(offset, 1)));
        }
    }

    private Checkpoint recover(Checkpoint last, NavigableSet<Long> bases, CheckpointFile file) throws IOException {
        long scanFrom = Optional.ofNullable(bases.floor(last.recoveryPoint())).orElse(0L);
        openTrusted(bases.headSet(scanFrom, false), scanFrom);
        long first = bases.isEmpty() ? scanFrom : bases.first();
        producers.findOut(segments.values(), first, Math.max(first, scanFrom));
        scan(bases.tailSet(scanFrom));
        long start = Math.max(last.logStartOffset(), segments.isEmpty() ? 0 : segments.firstKey());
        dropIfAllBefore(start);
        if (segments.isEmpty()) {
            segments.put(start, Segment.create(disk, files(start), options.segmentLimits()));
            scanned.add(segments.get(start));
        }
        Segment active = segments.lastEntry().getValue();
        epochs.truncateTo(active.nextOffset());
        epochs.advanceStart(start);
        Checkpoint recovered = Checkpoint.unclean(start, active.baseOffset());
        makeDurable(file, recovered);
        observer.recovered(scanned.stream().mapToLong(Segment::sizeInBytes).sum(), cutBytes);
        return recovered;
    }

    /** Takes segments as long as each begins where the one before it ends; the others go. */
    private void scan(Iterable<Long> bases) throws IOException {
        int number = damaged.nextNumber();
        Long expected = null;
        for (Long base : bases) {
            if (expected == null || expected.equals(base)) {
                Segment segment = scan(base, number);
                segments.put(base, segment);
                scanned.add(segment);
                expected = segment.nextOffset();
            } else {
                dropBehindGap(files(base), number);
            }
        }
    }

    private Segment scan(long base, int number) throws IOException {
        Segment segment = Segment.scan(disk, files(base), options.segmentLimits(), this::keep);
        long tail = segment.tailBytes();
        if (tail > 0 && segment.nextOffset() < knownDurableEnd) {
            SegmentView view = segment.view();
            damaged.copyTail(number, view.file(), new SegmentView.Boundary(view.size(), view.endOffset()));
            observer.keptAside(segment.nextOffset(), knownDurableEnd, tail);
        }
        segment.dropTail();
        cutBytes += tail;
        return segment;
    }

    /**
     * What was durable once has the epochs that were written down then. Behind that there may be epochs of which nothing was
     * written down.
     */
    private boolean keep(BatchHeader batch) {
        if (batch.baseOffset() < knownDurableEnd && writtenDown.contradicts(batch.baseOffset(), batch.leaderEpoch())) {
            return false;
        }
        epochs.note(batch.leaderEpoch(), batch.baseOffset());
        producers.noteFound(batch);
        return true;
    }

    private void dropBehindGap(SegmentFiles files, int number) throws IOException {
        try (DiskFile log = disk.open(files.log())) {
            cutBytes += log.size();
        }
        if (files.baseOffset() < knownDurableEnd) {
            damaged.take(number, files.log(), files.baseOffset());
        }
        delete(files);
    }

    /** When the log starts behind all that survived, nothing of that is of use. */
    private void dropIfAllBefore(long start) throws IOException {
        if (!segments.isEmpty() && segments.lastEntry().getValue().nextOffset() < start) {
            for (Segment segment : segments.values()) {
                segment.close();
                delete(segment.files());
            }
            segments.clear();
            scanned.clear();
            producers.clear();
        }
    }

    /**
     * A sync that failed in an earlier run has left pages that count as written and are not: they are read from memory,
     * and no sync is about them any more. So everything that was scanned is written again.
     */
    private void makeDurable(CheckpointFile file, Checkpoint recovered) throws IOException {
        for (Segment segment : scanned) {
            segment.view().writeAgain();
            segment.logFile().sync();
            for (DiskFile index : segment.indexFiles()) {
                index.sync();
            }
        }
        new EpochFile(disk, directory).write(epochs.entries());
        producers.settle(segments.values(), segments.lastEntry().getValue().nextOffset());
        file.writeThrough(recovered);
        disk.syncDirectory(directory);
    }

    private void delete(SegmentFiles files) throws IOException {
        for (Path path : files.all()) {
            disk.delete(path);
        }
    }

    private SegmentFiles files(long base) {
        return new SegmentFiles(directory, base);
    }
}
