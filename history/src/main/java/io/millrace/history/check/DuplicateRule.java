package io.millrace.history.check;

import io.millrace.history.History;

/** A value lies at no more offsets than {@link Copies#legal}. One finding per copy too many. */
final class DuplicateRule implements Rule {
    /** By value. Shared by all partitions, since a value counts only in the one that it was written to. */
    private final int[] copies;

    DuplicateRule(History history) {
        copies = new int[history.writes().size()];
    }

    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        KnownLog known = partition.known();
        for (int slot = 0; slot < known.size(); slot++) {
            long value = known.value(slot);
            if (partition.isWrittenHere(value)) {
                count(partition, slot, ++copies[(int) value], findings);
            }
        }
    }

    private static void count(PartitionHistory partition, int slot, int copies, Findings findings) {
        if (copies == 1) {
            return;
        }
        KnownLog known = partition.known();
        int legal = Copies.legal(partition.history(), known.value(slot));
        if (copies > legal && legal > 0) {
            findings.add(
                    FindingKind.DUPLICATE,
                    () -> new Finding.Duplicate(
                            partition.history().write(known.value(slot)),
                            copies,
                            legal,
                            known.offset(slot),
                            partition.evidenceOf(slot)));
        }
    }
}
