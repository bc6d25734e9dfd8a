package io.millrace.history.check;

import java.util.BitSet;

/** An offset has one value, whoever reads it and whenever, and it is the one that was acknowledged there. One finding per offset. */
final class TwoValuesRule implements Rule {
    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        KnownLog known = partition.known();
        SlotCursor cursor = new SlotCursor(known);
        BitSet found = new BitSet();
        partition.forEachReading((offset, value, nanos, evidence) -> {
            int slot = cursor.slotOf(offset);
            if (known.value(slot) != value && !found.get(slot)) {
                found.set(slot);
                findings.add(
                        FindingKind.TWO_VALUES,
                        () -> new Finding.TwoValues(
                                offset,
                                known.value(slot),
                                partition.evidenceOf(slot),
                                value,
                                Evidence.operation(partition.history(), evidence)));
            }
        });
    }
}
