package io.millrace.history.check;

import io.millrace.history.History;
import io.millrace.history.Outcome;
import io.millrace.history.Polls;
import io.millrace.history.Writes;

/** Counts what a history holds. */
final class TallyCount {
    private TallyCount() {}

    static Tally of(History history) {
        Writes writes = history.writes();
        long kept = 0;
        long acknowledged = 0;
        long failed = 0;
        for (int value = 0; value < writes.size(); value++) {
            kept += writes.isKept(value) ? 1 : 0;
            acknowledged += writes.outcome(value) == Outcome.OK ? 1 : 0;
            failed += writes.outcome(value) == Outcome.FAILED ? 1 : 0;
        }
        Polls polls = history.polls();
        long failedPolls = 0;
        long finallyRead = 0;
        for (int poll = 0; poll < polls.size(); poll++) {
            failedPolls += polls.failed(poll) ? 1 : 0;
            if (history.consumers().get(polls.consumer(poll)).isFinalReader()) {
                finallyRead += polls.records(poll);
            }
        }
        return new Tally(
                history.partitions().size(),
                writes.size(),
                kept,
                acknowledged - kept,
                failed,
                writes.size() - acknowledged - failed,
                polls.size(),
                failedPolls,
                polls.allRecords(),
                finallyRead);
    }
}
