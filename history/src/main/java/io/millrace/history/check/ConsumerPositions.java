package io.millrace.history.check;

import io.millrace.history.Polls;
import java.util.Arrays;

/** Where each consumer stands in a partition as its polls are gone through in the order of recording. */
final class ConsumerPositions {
    static final int NO_POLL = -1;

    private final long[] positions;
    private final int[] lastPolls;

    ConsumerPositions(int consumers) {
        positions = new long[consumers];
        lastPolls = new int[consumers];
        Arrays.fill(lastPolls, NO_POLL);
    }

    /** The consumer's poll before, or {@link #NO_POLL}. */
    int lastPoll(int consumer) {
        return lastPolls[consumer];
    }

    /** The offset after the highest that the consumer was given or asked from; has no meaning before its first poll. */
    long position(int consumer) {
        return positions[consumer];
    }

    void passed(Polls polls, int poll) {
        int consumer = polls.consumer(poll);
        long after = polls.positionAfter(poll);
        positions[consumer] = lastPolls[consumer] == NO_POLL ? after : Math.max(after, positions[consumer]);
        lastPolls[consumer] = poll;
    }
}
