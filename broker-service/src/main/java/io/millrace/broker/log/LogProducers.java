package io.millrace.broker.log;

import io.millrace.broker.log.epochs.LeaderEpochs;
import io.millrace.broker.log.producers.KnownProducers;
import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.log.producers.ProducerSnapshot;
import io.millrace.broker.log.producers.ProducerSnapshotFiles;
import io.millrace.broker.log.producers.ProducerStates;
import io.millrace.broker.log.segment.Segment;
import io.millrace.core.environment.Disk;
import io.millrace.core.records.BatchHeader;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The producers of a log, kept true while the log changes, and their snapshots. What retention and deleted records take from
 * the log is not forgotten here; it is when a producer has been idle for long enough. Confined to the event loop.
 */
final class LogProducers {
    /** A topic that nobody syncs would gather them for ever; those left out cost a longer recovery. */
    private static final int UNWRITTEN_MAX = 4;

    private final Disk disk;
    private final Path directory;
    private final LeaderEpochs epochs;
    private final ProducerLimits limits;
    private final KnownProducers known = new KnownProducers();
    private final ProducerSnapshotFiles files;
    private final List<ProducerSnapshot> unwritten = new ArrayList<>();
    private final List<ProducerSnapshot> underWay = new ArrayList<>();
    private final List<ProducerSnapshot> stale = new ArrayList<>();
    private long readFrom;

    LogProducers(Disk disk, Path directory, List<String> names, LeaderEpochs epochs, ProducerLimits limits) {
        this.disk = disk;
        this.directory = directory;
        this.epochs = epochs;
        this.limits = limits;
        this.files = new ProducerSnapshotFiles(disk, directory, names);
    }

    ProducerStates states() {
        return known;
    }

    void note(RecordBatch batch, long nowMillis) {
        known.note(batch, nowMillis, limits.producersMax());
    }

    void noteFound(BatchHeader batch) {
        known.noteFound(batch, limits.producersMax());
    }

    void expire(long nowMillis) {
        known.expire(nowMillis, limits.idleMillisMax());
    }

    int count() {
        return known.count();
    }

    /**
     * Finds out what there is to know at the end of these segments: from the last snapshot that is whole, and the batches
     * behind it.
     *
     * @param start where the first segment of the log begins: an earlier snapshot lacks what has gone
     */
    void findOut(Collection<Segment> segments, long start, long end) {
        known.clear();
        OptionalLong restored = files.restore(known, start, end, epochs.history());
        readFrom = restored.orElse(start);
        for (Segment segment : segments) {
            if (segment.nextOffset() > readFrom) {
                boolean whole = segment.view().headersFrom(readFrom, this::noteFound);
                if (!whole) {
                    known.clear(); // who is not known may go on; who is known wrongly may not
                }
            }
        }
    }

    /** What was found is written down, so that it does not have to be found again. The caller syncs the directory. */
    void settle(Collection<Segment> segments, long end) throws IOException {
        files.deleteAfter(end);
        TreeSet<Long> bases = new TreeSet<>();
        segments.forEach(segment -> bases.add(segment.baseOffset()));
        files.deleteBefore(bases.first());
        files.deleteAllBut(bases);
        if (end > readFrom) {
            write(snapshotAt(end));
        }
    }

    /** A segment begins here. */
    void segmentBegins(long offset) {
        unwritten.add(snapshotAt(offset));
        if (unwritten.size() > UNWRITTEN_MAX) {
            unwritten.removeFirst();
        }
    }

    /** What the sync that begins now is to write. */
    List<ProducerSnapshot> takeUnwritten() {
        underWay.addAll(unwritten);
        unwritten.clear();
        return List.copyOf(underWay);
    }

    /** The sync has written them. Returns whether names in the directory have changed since. */
    boolean written() throws IOException {
        underWay.forEach(snapshot -> files.added(snapshot.offset()));
        underWay.clear();
        for (ProducerSnapshot snapshot : stale) {
            files.delete(snapshot.offset());
        }
        boolean changed = !stale.isEmpty();
        stale.clear();
        return changed;
    }

    /** Writes a snapshot of now, and those that wait, durably but for the directory. */
    void writeAll(long end) throws IOException {
        for (ProducerSnapshot snapshot : unwritten) {
            write(snapshot);
        }
        unwritten.clear();
        write(snapshotAt(end));
    }

    /** The log was cut, and these are its segments. The caller syncs the directory before anything is appended. */
    void cutAt(long end, Collection<Segment> segments) throws IOException {
        forgetSnapshotsAfter(end);
        if (!known.cutAt(end)) {
            findOut(segments, segments.iterator().next().baseOffset(), end);
        }
    }

    /** The log begins anew, with nothing that was in it. */
    void clear() throws IOException {
        forgetSnapshotsAfter(-1);
        known.clear();
    }

    /**
     * Segments go, and this is the first that stays. Whatever became of those before is not to be missed after a crash, so
     * what is known where that one begins is written down first. Returns whether names in the directory have changed since.
     */
    boolean segmentsGo(long firstBase) throws IOException {
        boolean wrote = !unwritten.isEmpty();
        for (ProducerSnapshot snapshot : unwritten) {
            write(snapshot);
        }
        unwritten.clear();
        if (wrote) {
            disk.syncDirectory(directory);
        }
        return files.deleteBefore(firstBase);
    }

    private void forgetSnapshotsAfter(long end) throws IOException {
        unwritten.removeIf(snapshot -> snapshot.offset() > end);
        for (ProducerSnapshot snapshot : underWay) {
            if (snapshot.offset() > end) {
                stale.add(snapshot);
            }
        }
        underWay.removeAll(stale);
        files.deleteAfter(end);
    }

    private void write(ProducerSnapshot snapshot) throws IOException {
        ProducerSnapshotFiles.write(disk, directory, snapshot);
        files.added(snapshot.offset());
    }

    private ProducerSnapshot snapshotAt(long offset) {
        int epoch = epochs.latest().map(entry -> entry.epoch()).orElse(-1);
        return ProducerSnapshot.of(known, offset, epoch);
    }
}
