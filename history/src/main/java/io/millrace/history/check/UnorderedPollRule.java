package io.millrace.history.check;

import io.millrace.history.Polls;

/** The offsets of a poll rise, from the one it asked for on. One finding per poll. */
final class UnorderedPollRule implements Rule {
    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        Polls polls = partition.history().polls();
        for (int i = 0; i < partition.polls(); i++) {
            int poll = partition.poll(i);
            if (!polls.rises(poll)) {
                findings.add(FindingKind.UNORDERED_POLL, () -> firstFallOf(partition, poll));
            }
        }
    }

    private static Finding firstFallOf(PartitionHistory partition, int poll) {
        Polls polls = partition.history().polls();
        long due = polls.from(poll);
        int index = 0;
        while (polls.offset(poll, index) >= due) {
            due = polls.offset(poll, index) + 1;
            index++;
        }
        return new Finding.UnorderedPoll(
                polls.offset(poll, index), due, partition.history().poll(poll));
    }
}
