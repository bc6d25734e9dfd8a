package io.millrace.history.check;

import io.millrace.history.Polls;

/** The offsets of a poll rise, from the one it asked for on. One finding per poll. */
final class UnorderedPollRule implements Rule {
    @Override
    public void judge(PartitionHistory partition, Findings findings) {
        Polls polls = partition.history().polls();
        for (int i = 0; i < partition.polls(); i++) {
            int poll = partition.poll(i);
            long due = polls.from(poll);
            for (long record = polls.firstRecord(poll); record < polls.endOfRecords(poll); record++) {
                long offset = polls.offset(record);
                long least = due;
                if (offset < least) {
                    findings.add(
                            FindingKind.UNORDERED_POLL,
                            () -> new Finding.UnorderedPoll(
                                    offset, least, partition.history().poll(poll)));
                    break;
                }
                due = offset + 1;
            }
        }
    }

    static boolean rises(Polls polls, int poll) {
        long due = polls.from(poll);
        for (long record = polls.firstRecord(poll); record < polls.endOfRecords(poll); record++) {
            if (polls.offset(record) < due) {
                return false;
            }
            due = polls.offset(record) + 1;
        }
        return true;
    }
}
