package io.millrace.simulation.invariant;

import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordBatch;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two batches at one offset of one leader epoch are one and the same, in whichever logs they lie: each was written by one
 * leader, once.
 */
final class LogMatching {
    private final TopicPartition partition;
    private final Map<Slot, StoredBatch> known =
            new TreeMap<>(Comparator.comparingLong(Slot::baseOffset).thenComparingInt(Slot::leaderEpoch));

    LogMatching(TopicPartition partition) {
        this.partition = partition;
    }

    private record Slot(long baseOffset, int leaderEpoch) {}

    /** A log holds this batch; one that is torn is not counted. */
    void see(RecordBatch batch, String whose) {
        StoredBatch seen = StoredBatch.of(batch);
        Slot slot = new Slot(seen.baseOffset(), seen.leaderEpoch());
        @Nullable StoredBatch other = known.get(slot);
        if (seen.equals(other) || !batch.crcHolds()) {
            return;
        }
        if (other != null) {
            throw new AssertionError(
                    partition + ": " + whose + " has " + seen + ", but in another log " + other + " was written there");
        }
        known.put(slot, seen);
    }
}
