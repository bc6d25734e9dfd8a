package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Operation;
import io.millrace.history.Polls;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is read was written: to this partition, before the poll ended, in an attempt that may have succeeded. One finding per offset. */
final class NeverWrittenRule implements Rule {
    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        Polls polls = partition.history().polls();
        SlotCursor cursor = new SlotCursor(partition.known());
        BitSet found = new BitSet();
        for (int i = 0; i < partition.polls(); i++) {
            int poll = partition.poll(i);
            for (int index = 0; index < polls.records(poll); index++) {
                long offset = polls.offset(poll, index);
                long value = polls.value(poll, index);
                String reason = reasonAgainst(partition, value, polls.endedNanos(poll));
                if (reason != null && !found.get(cursor.slotOf(offset))) {
                    found.set(cursor.slotOf(offset));
                    findings.add(
                            FindingKind.NEVER_WRITTEN,
                            () -> new Finding.NeverWritten(offset, value, reason, proof(partition, value, poll)));
                }
            }
        }
    }

    private static @Nullable String reasonAgainst(PartitionHistory partition, long value, long readNanos) {
        History history = partition.history();
        if (!history.writes().has(value)) {
            return "nobody wrote it";
        }
        if (!partition.isWrittenHere(value)) {
            return "it was written to another partition";
        }
        if (Copies.legal(history, value) == 0) {
            return "its write certainly failed";
        }
        if (readNanos < history.writes().invokedNanos(value)) {
            return "its write began only later";
        }
        return null;
    }

    private static List<Operation> proof(PartitionHistory partition, long value, int poll) {
        History history = partition.history();
        List<Operation> proof = new ArrayList<>();
        proof.add(history.poll(poll));
        if (history.writes().has(value)) {
            proof.add(history.write(value));
        }
        return proof;
    }
}
