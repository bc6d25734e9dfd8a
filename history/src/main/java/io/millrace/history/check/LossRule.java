package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Polls;
import io.millrace.history.Writes;
import java.util.BitSet;
import java.util.OptionalLong;

/**
 * What was acknowledged as durable, or was read, before the final read began is in it. A record whose value the final read
 * shows elsewhere, while it shows another one at its offset, is not lost: {@link TwoValuesRule} reports it.
 */
final class LossRule implements Rule {
    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        for (FinalRead read : FinalRead.of(partition)) {
            judge(partition, read, findings);
        }
    }

    private static void judge(PartitionHistory partition, FinalRead read, Findings findings) {
        KnownLog known = partition.known();
        BitSet offsetsSeen = new BitSet();
        BitSet valuesSeen = new BitSet();
        look(partition, read, offsetsSeen, valuesSeen);
        for (int slot = 0; slot < known.size(); slot++) {
            boolean due = read.covers(known.offset(slot)) && known.sinceNanos(slot) < read.began();
            if (due && !(offsetsSeen.get(slot) && isSeen(partition, known.value(slot), valuesSeen))) {
                report(partition, read, slot, isSeen(partition, known.value(slot), valuesSeen), findings);
            }
        }
        if (read.coversAll(known)) {
            judgeWritesWithoutOffset(partition, read, valuesSeen, findings);
        }
    }

    private static void look(PartitionHistory partition, FinalRead read, BitSet offsetsSeen, BitSet valuesSeen) {
        Polls polls = partition.history().polls();
        SlotCursor cursor = new SlotCursor(partition.known());
        for (int i = 0; i < partition.polls(); i++) {
            int poll = partition.poll(i);
            if (polls.consumer(poll) != read.reader()) {
                continue;
            }
            for (int index = 0; index < polls.records(poll); index++) {
                offsetsSeen.set(cursor.slotOf(polls.offset(poll, index)));
                if (partition.isWrittenHere(polls.value(poll, index))) {
                    valuesSeen.set((int) polls.value(poll, index));
                }
            }
        }
    }

    /** A value that nobody wrote here is no loss when another one took its place. */
    private static boolean isSeen(PartitionHistory partition, long value, BitSet valuesSeen) {
        return !partition.isWrittenHere(value) || valuesSeen.get((int) value);
    }

    private static void report(
            PartitionHistory partition, FinalRead read, int slot, boolean valueSeen, Findings findings) {
        History history = partition.history();
        KnownLog known = partition.known();
        long value = known.value(slot);
        if (wasAcknowledgedAt(partition, value, known.offset(slot), read)) {
            findings.add(
                    FindingKind.LOST_WRITE,
                    () -> new Finding.LostWrite(
                            history.write(value),
                            valueSeen ? offsetOf(partition, read, value) : OptionalLong.empty(),
                            history.poll(read.lastPoll())));
        } else {
            findings.add(
                    FindingKind.VANISHED_RECORD,
                    () -> new Finding.VanishedRecord(
                            known.offset(slot), value, partition.evidenceOf(slot), history.poll(read.lastPoll())));
        }
    }

    private static boolean wasAcknowledgedAt(PartitionHistory partition, long value, long offset, FinalRead read) {
        Writes writes = partition.history().writes();
        return partition.isWrittenHere(value)
                && writes.isKept(value)
                && writes.offset(value) == offset
                && writes.endedNanos(value) < read.began();
    }

    private static void judgeWritesWithoutOffset(
            PartitionHistory partition, FinalRead read, BitSet valuesSeen, Findings findings) {
        History history = partition.history();
        Writes writes = history.writes();
        for (int i = 0; i < partition.writes(); i++) {
            int value = partition.write(i);
            if (writes.isKept(value)
                    && writes.offset(value) == Writes.NO_OFFSET
                    && writes.endedNanos(value) < read.began()
                    && !valuesSeen.get(value)) {
                findings.add(
                        FindingKind.LOST_WRITE,
                        () -> new Finding.LostWrite(
                                history.write(value), OptionalLong.empty(), history.poll(read.lastPoll())));
            }
        }
    }

    /** Searched for only when a finding is kept. */
    private static OptionalLong offsetOf(PartitionHistory partition, FinalRead read, long value) {
        Polls polls = partition.history().polls();
        for (int i = 0; i < partition.polls(); i++) {
            int poll = partition.poll(i);
            for (int index = 0; polls.consumer(poll) == read.reader() && index < polls.records(poll); index++) {
                if (polls.value(poll, index) == value) {
                    return OptionalLong.of(polls.offset(poll, index));
                }
            }
        }
        return OptionalLong.empty();
    }
}
