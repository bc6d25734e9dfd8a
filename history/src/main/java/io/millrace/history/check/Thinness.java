package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Writes;
import java.util.ArrayList;
import java.util.List;

/** Why a run without findings may mean little. */
final class Thinness {
    /** Names of partitions that a sentence lists. */
    private static final int NAMED_MAX = 10;

    private final CheckOptions options;
    private final List<String> partitionsNotFinallyRead = new ArrayList<>();

    Thinness(CheckOptions options) {
        this.options = options;
    }

    void look(PartitionHistory partition) {
        if (options.everyPartitionFinallyRead()
                && somethingIsDue(partition)
                && FinalRead.of(partition).stream().noneMatch(read -> read.coversAll(partition.known()))) {
            partitionsNotFinallyRead.add(partition.partition().toString());
        }
    }

    private static boolean somethingIsDue(PartitionHistory partition) {
        History history = partition.history();
        boolean due = partition.known().size() > 0;
        for (int i = 0; i < partition.writes() && !due; i++) {
            int value = partition.write(i);
            due = history.writes().isKept(value) && history.writes().offset(value) == Writes.NO_OFFSET;
        }
        return due;
    }

    List<String> doubts(Tally tally) {
        List<String> doubts = new ArrayList<>();
        if (tally.acknowledgedDurable() < options.leastAcknowledgedWrites()) {
            doubts.add(tally.acknowledgedDurable() + " writes were acknowledged as durable, at least "
                    + options.leastAcknowledgedWrites() + " are needed");
        }
        if (tally.recordsFinallyRead() < options.leastFinallyReadRecords()) {
            doubts.add(tally.recordsFinallyRead() + " records were finally read, at least "
                    + options.leastFinallyReadRecords() + " are needed");
        }
        if (!partitionsNotFinallyRead.isEmpty()) {
            doubts.add(partitionsNotFinallyRead.size()
                    + " partitions were not finally read from the first offset known of them to the last, among them "
                    + String.join(
                            ", ",
                            partitionsNotFinallyRead.subList(0, Math.min(NAMED_MAX, partitionsNotFinallyRead.size()))));
        }
        return doubts;
    }
}
