package io.millrace.simulation.invariant;

import io.millrace.core.model.TopicPartition;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is committed in one partition, as far as anybody was told: batches that were acknowledged with acks=all, and all that
 * lies below a high watermark that a leader has exposed. Nothing of it may ever change.
 */
final class CommittedLog {
    private final TopicPartition partition;
    private final NavigableMap<Long, StoredBatch> known = new TreeMap<>();
    private long highWatermark;

    CommittedLog(TopicPartition partition) {
        this.partition = partition;
    }

    /** A leader has shown this high watermark to readers. */
    void exposed(long offset) {
        highWatermark = Math.max(highWatermark, offset);
    }

    /** A producer has been told that this batch is safe. */
    void acknowledged(StoredBatch batch) {
        StoredBatch before = known.put(batch.baseOffset(), batch);
        if (before != null && !before.equals(batch)) {
            throw new AssertionError(partition + ": " + batch + " was acknowledged in the place of " + before);
        }
        Map.Entry<Long, StoredBatch> below = known.lowerEntry(batch.baseOffset());
        if (below != null && below.getValue().nextOffset() > batch.baseOffset()) {
            throw new AssertionError(partition + ": " + batch + " was acknowledged over " + below.getValue());
        }
    }

    /** Demands that a log holds all of it; what that log has below the high watermark is known from now on. */
    void requireIn(NavigableMap<Long, StoredBatch> log, String whose) {
        for (StoredBatch batch : known.values()) {
            @Nullable StoredBatch held = log.get(batch.baseOffset());
            if (!batch.equals(held)) {
                throw new AssertionError(partition + ": " + batch + " is committed, but " + whose + " has "
                        + (held == null ? "nothing there" : held) + "; its log ends at " + end(log));
            }
        }
        if (end(log) < highWatermark) {
            throw new AssertionError(partition + ": a leader has shown the high watermark " + highWatermark
                    + ", but the log of " + whose + " ends at " + end(log));
        }
        for (StoredBatch batch : log.headMap(highWatermark, false).values()) {
            if (batch.nextOffset() <= highWatermark) {
                known.putIfAbsent(batch.baseOffset(), batch);
            }
        }
    }

    private static long end(NavigableMap<Long, StoredBatch> log) {
        Map.Entry<Long, StoredBatch> last = log.lastEntry();
        return last == null ? 0 : last.getValue().nextOffset();
    }
}
