package io.millrace.simulation.invariant;

import io.millrace.core.model.TopicPartition;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is committed in one partition, as far as anybody was told: batches that were acknowledged with acks=all, and all that
 * lies below a high watermark that a leader has exposed. Nothing of it may ever change. Each piece has the leader epoch in which
 * it was committed: whoever leads in that epoch or a later one has to hold it, while a broker that believes to lead in an
 * earlier one knows nothing of it, by right.
 */
final class CommittedLog {
    /** What has to be held by whoever holds all. */
    static final int EVERY_EPOCH = Integer.MAX_VALUE;

    private final TopicPartition partition;
    private final NavigableMap<Long, Committed> known = new TreeMap<>();
    private final NavigableMap<Integer, Long> highWatermarks = new TreeMap<>(); // by leader epoch

    CommittedLog(TopicPartition partition) {
        this.partition = partition;
    }

    private record Committed(StoredBatch batch, int leaderEpoch) {}

    /** The leader of that epoch has shown this high watermark to readers. */
    void exposed(int leaderEpoch, long offset) {
        highWatermarks.merge(leaderEpoch, offset, Math::max);
    }

    /** A producer has been told that this batch is safe. */
    void acknowledged(StoredBatch batch) {
        requireNothingElseThere(batch, known.put(batch.baseOffset(), new Committed(batch, committedIn(batch))));
    }

    /** A producer has repeated the batch and been told, by whoever knows it under that epoch, that it is safe. */
    void acknowledgedAgain(StoredBatch batch, int leaderEpoch) {
        requireNothingElseThere(batch, known.putIfAbsent(batch.baseOffset(), new Committed(batch, leaderEpoch)));
    }

    private void requireNothingElseThere(StoredBatch batch, @Nullable Committed before) {
        if (before != null && !before.batch.equals(batch)) {
            throw new AssertionError(partition + ": " + batch + " was acknowledged in the place of " + before.batch);
        }
        Map.Entry<Long, Committed> below = known.lowerEntry(batch.baseOffset());
        if (below != null && below.getValue().batch.nextOffset() > batch.baseOffset()) {
            throw new AssertionError(partition + ": " + batch + " was acknowledged over " + below.getValue().batch);
        }
    }

    /**
     * The first epoch whose leader has shown that the batch is committed. It need not be the batch's own: what a leader had only
     * written when it was deposed is committed, and answered, under a later one, perhaps long after an epoch in between whose
     * leader slept. What is acknowledged before anybody has shown it counts from the start.
     */
    private int committedIn(StoredBatch batch) {
        return highWatermarks.tailMap(batch.leaderEpoch(), true).entrySet().stream()
                .filter(shown -> shown.getValue() >= batch.nextOffset())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(batch.leaderEpoch());
    }

    /**
     * Demands that a log holds all that was committed up to that epoch; what that log has below the high watermark is known from
     * now on.
     */
    void requireIn(NavigableMap<Long, StoredBatch> log, int upToEpoch, String whose) {
        for (Committed committed : known.values()) {
            @Nullable StoredBatch held = log.get(committed.batch.baseOffset());
            if (committed.leaderEpoch <= upToEpoch && !committed.batch.equals(held)) {
                throw new AssertionError(partition + ": " + committed.batch + " is committed, but " + whose + " has "
                        + (held == null ? "nothing there" : held) + "; its log ends at " + end(log));
            }
        }
        highWatermarks.headMap(upToEpoch, true).forEach((epoch, highWatermark) -> {
            if (end(log) < highWatermark) {
                throw new AssertionError(partition + ": the leader of epoch " + epoch + " has shown the high watermark "
                        + highWatermark + ", but the log of " + whose + " ends at " + end(log));
            }
            learn(log, epoch, highWatermark);
        });
    }

    private void learn(NavigableMap<Long, StoredBatch> log, int epoch, long highWatermark) {
        for (StoredBatch batch : log.headMap(highWatermark, false).values()) {
            if (batch.nextOffset() <= highWatermark) {
                known.putIfAbsent(batch.baseOffset(), new Committed(batch, epoch));
            }
        }
    }

    private static long end(NavigableMap<Long, StoredBatch> log) {
        Map.Entry<Long, StoredBatch> last = log.lastEntry();
        return last == null ? 0 : last.getValue().nextOffset();
    }
}
