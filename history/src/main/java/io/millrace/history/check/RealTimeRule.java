package io.millrace.history.check;

/**
 * A write lies above every record that was known before it was invoked. Going through the log from its end, the earliest moment
 * at which anything above was known is all that must be remembered. Of a producer that waits, {@link OrderRule} says the same again
 * in its own terms.
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
                && known.sinceNanos(above) < partition.history().writes().invokedNanos(value);
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
