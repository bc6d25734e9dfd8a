package io.millrace.broker.replication.leader;

import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.model.Acks;
import io.millrace.core.records.RecordBatch;
import java.util.function.Consumer;

/**
 * A batch that wants to be appended. It passed every check that needs no state.
 *
 * @param expectedLeaderEpoch the sender's, or {@link io.millrace.core.api.AppendRequest#ANY_EPOCH}
 * @param deadlineNanos on the monotonic clock; afterwards the sender no longer waits
 * @param repeats whether it has the offsets of a batch that was in the log already
 * @param answerTo is called exactly once, on the partition's event loop
 */
public record AppendCommand(
        RecordBatch batch,
        int expectedLeaderEpoch,
        Acks acks,
        long deadlineNanos,
        boolean repeats,
        Consumer<Outcome<Appended>> answerTo) {
    /** A batch of which nobody knows whether it is in the log already. */
    public AppendCommand(
            RecordBatch batch,
            int expectedLeaderEpoch,
            Acks acks,
            long deadlineNanos,
            Consumer<Outcome<Appended>> answerTo) {
        this(batch, expectedLeaderEpoch, acks, deadlineNanos, false, answerTo);
    }

    /** The same as one that has the offsets of its original. */
    public AppendCommand asRepetition() {
        return new AppendCommand(batch, expectedLeaderEpoch, acks, deadlineNanos, true, answerTo);
    }
}
