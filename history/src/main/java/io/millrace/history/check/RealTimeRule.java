package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Sending;
import io.millrace.history.Writes;

/**
 * A write lies above every record that was known before it was invoked. Going through the log from its end, the earliest moment
 * at which anything above was known is all that must be remembered.
 */
final class RealTimeRule implements Rule {
    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        KnownLog known = partition.known();
        int earliest = KnownLog.NOWHERE;
        for (int slot = known.size() - 1; slot >= 0; slot--) {
            if (earliest != KnownLog.NOWHERE && isBehind(partition, slot, earliest)) {
                report(partition, slot, earliest, findings);
            }
            if (earliest == KnownLog.NOWHERE || known.sinceNanos(slot) < known.sinceNanos(earliest)) {
                earliest = slot;
            }
        }
    }

    private static boolean isBehind(PartitionHistory partition, int slot, int above) {
        KnownLog known = partition.known();
        long value = known.value(slot);
        return partition.isWrittenHere(value)
                && known.sinceNanos(above) < partition.history().writes().invokedNanos(value)
                && !isOfTheOrderRule(partition, value, known.value(above));
    }

    /** Two writes of one producer that sends in order, both acknowledged: {@link OrderRule} compares them. */
    private static boolean isOfTheOrderRule(PartitionHistory partition, long value, long above) {
        History history = partition.history();
        Writes writes = history.writes();
        return partition.isWrittenHere(above)
                && writes.producer(value) == writes.producer(above)
                && history.producers().get(writes.producer(value)).sending() == Sending.IN_ORDER
                && writes.isKept(value)
                && writes.isKept(above);
    }

    private static void report(PartitionHistory partition, int slot, int above, Findings findings) {
        KnownLog known = partition.known();
        findings.add(
                FindingKind.BEHIND_THE_PAST,
                () -> new Finding.BehindThePast(
                        known.offset(slot),
                        partition.history().write(known.value(slot)),
                        known.offset(above),
                        partition.evidenceOf(above)));
    }
}
