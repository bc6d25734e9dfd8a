package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Polls;

/**
 * A poll passes over no record that was known to be there before the poll began: not between where it asked and the highest
 * offset that it returned, nor between where the same consumer stood and where it asked. Offsets of which nothing is known may
 * be passed over (markers of transactions take offsets too), and a poll may return less than there is.
 *
 * <p>Final readers are judged by {@link LossRule}, and polls out of order by {@link UnorderedPollRule}.
 */
final class MissingRecordRule implements Rule {
    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        History history = partition.history();
        Polls polls = history.polls();
        ConsumerPositions positions = new ConsumerPositions(history.consumers().size());
        for (int i = 0; i < partition.polls(); i++) {
            int poll = partition.poll(i);
            if (polls.failed(poll) || partition.consumerOf(poll).isFinalReader()) {
                continue;
            }
            int consumer = polls.consumer(poll);
            boolean first = positions.lastPoll(consumer) == ConsumerPositions.NO_POLL;
            long start = first ? polls.from(poll) : Math.min(polls.from(poll), positions.position(consumer));
            if (polls.rises(poll)) {
                judge(partition, poll, start, findings);
            }
            positions.passed(polls, poll);
        }
    }

    private static void judge(PartitionHistory partition, int poll, long start, Findings findings) {
        Polls polls = partition.history().polls();
        KnownLog known = partition.known();
        long end = polls.positionAfter(poll);
        int index = 0;
        for (int slot = known.slotFrom(start); slot < known.size() && known.offset(slot) < end; slot++) {
            while (index < polls.records(poll) && polls.offset(poll, index) < known.offset(slot)) {
                index++;
            }
            boolean returned = index < polls.records(poll) && polls.offset(poll, index) == known.offset(slot);
            if (!returned && known.sinceNanos(slot) < polls.invokedNanos(poll)) {
                int missing = slot;
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
}
