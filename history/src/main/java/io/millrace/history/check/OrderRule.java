package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Sending;
import io.millrace.history.Writes;
import java.util.Arrays;

/** The durably acknowledged writes of a producer that sends in order lie in the partition in that order. */
final class OrderRule implements Rule {
    private static final long NONE = -1;

    /** By producer: the acknowledged write so far that lies highest. Cleared for each partition. */
    private final long[] highest;

    OrderRule(History history) {
        highest = new long[history.producers().size()];
    }

    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        Arrays.fill(highest, NONE);
        History history = partition.history();
        Writes writes = history.writes();
        for (int i = 0; i < partition.writes(); i++) {
            int value = partition.write(i);
            int producer = writes.producer(value);
            if (history.producers().get(producer).sending() != Sending.IN_ORDER
                    || !writes.isKept(value)
                    || writes.offset(value) == Writes.NO_OFFSET) {
                continue;
            }
            long before = highest[producer];
            if (before != NONE && writes.offset(before) > writes.offset(value)) {
                findings.add(
                        FindingKind.REORDERED,
                        () -> new Finding.Reordered(history.write(before), history.write(value)));
            } else {
                highest[producer] = value;
            }
        }
    }
}
