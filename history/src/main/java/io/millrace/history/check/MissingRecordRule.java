package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Polls;

/**
 * A poll passes over no record that was known to be there before the poll began: not between where it asked and the highest
 * offset that it returned, nor between where the same consumer stood and where it asked. Offsets of which nothing is known may
 * be passed over (markers of transactions take offsets too), and a poll may return less than there is. One finding per gap.
 *
 * <p>Final readers are judged by {@link LossRule}, and polls out of order by {@link UnorderedPollRule}.
 */
final class MissingRecordRule implements Rule {
    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        History history = partition.history();
        Polls polls = history.polls();
        ConsumerPositions positions = new ConsumerPositions(history.consumers().size());
        EarliestKnown earliest = new EarliestKnown(partition.known());
        for (int i = 0; i < partition.polls(); i++) {
            int poll = partition.poll(i);
            if (polls.failed(poll) || partition.consumerOf(poll).isFinalReader()) {
                continue;
            }
            int consumer = polls.consumer(poll);
            boolean first = positions.lastPoll(consumer) == ConsumerPositions.NO_POLL;
            long start = first ? polls.from(poll) : Math.min(polls.from(poll), positions.position(consumer));
            if (polls.rises(poll)) {
                judge(partition, poll, start, earliest, findings);
            }
            positions.passed(polls, poll);
        }
    }

    private static void judge(
            PartitionHistory partition, int poll, long start, EarliestKnown earliest, Findings findings) {
        Polls polls = partition.history().polls();
        KnownLog known = partition.known();
        SlotCursor cursor = new SlotCursor(known);
        int due = known.slotFrom(start);
        for (int index = 0; index < polls.records(poll); index++) {
            int slot = cursor.slotOf(polls.offset(poll, index));
            judgeGap(partition, poll, earliest.firstBefore(due, slot, polls.invokedNanos(poll)), findings);
            due = slot + 1;
        }
        int end = known.slotFrom(polls.positionAfter(poll));
        judgeGap(partition, poll, earliest.firstBefore(due, end, polls.invokedNanos(poll)), findings);
    }

    private static void judgeGap(PartitionHistory partition, int poll, int missing, Findings findings) {
        if (missing != KnownLog.NOWHERE) {
            KnownLog known = partition.known();
            findings.add(
                    FindingKind.MISSING_RECORD,
                    () -> new Finding.MissingRecord(
                            known.offset(missing),
                            known.value(missing),
                            partition.evidenceOf(missing),
                            partition.history().poll(poll)));
        }
    }
}
