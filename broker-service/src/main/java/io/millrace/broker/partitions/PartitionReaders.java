package io.millrace.broker.partitions;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.RecordsSlice;
import io.millrace.core.api.Refusal;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who waits at a partition for its limit to move. Confined to the partition's event loop. */
final class PartitionReaders {
    private final Set<PartitionReader> waiting = new LinkedHashSet<>();

    void add(PartitionReader reader) {
        waiting.add(reader);
    }

    void remove(PartitionReader reader) {
        waiting.remove(reader);
    }

    /** The limit has moved. */
    void refresh(PartitionDriver partition) {
        for (PartitionReader reader : List.copyOf(waiting)) {
            reader.found(read(partition, reader));
        }
    }

    /** The partition is no longer served here. */
    void dismiss(Refusal why) {
        List<PartitionReader> dismissed = List.copyOf(waiting);
        waiting.clear();
        dismissed.forEach(reader -> reader.found(Outcome.refused(why)));
    }

    /** What a reader gets now. */
    static Outcome<Fetched> read(PartitionDriver partition, PartitionReader reader) {
        PartitionRole role = partition.serving(reader);
        if (role == null) {
            return Outcome.refused(partition.refusal());
        }
        int expected = reader.expectedLeaderEpoch();
        if (expected != AppendRequest.ANY_EPOCH && expected != role.leaderEpoch()) {
            return Outcome.refused(staleEpoch(partition, expected, role.leaderEpoch()));
        }
        long start = partition.log().logStartOffset();
        long end = partition.log().logEndOffset();
        if (reader.offset() < start || reader.offset() > end) {
            return Outcome.refused(new Refusal.OffsetOutOfRange(partition.name(), reader.offset(), start, end));
        }
        try {
            long limit = partition.highWatermark();
            long whole = partition.damage().known().limitFor(reader.offset(), limit);
            RecordsSlice records = partition.log().read(reader.offset(), reader.maxBytes(), whole);
            return Outcome.done(new Fetched(records, start, limit, limit));
        } catch (IOException e) {
            return Outcome.refused(partition.damage().unreadable(e, reader.offset()));
        }
    }

    private static Refusal staleEpoch(PartitionDriver partition, int expected, int present) {
        return new Refusal.StaleEpoch("Partition " + partition.name() + " has leader epoch " + present
                + "; the request is for epoch " + expected + ".");
    }
}
