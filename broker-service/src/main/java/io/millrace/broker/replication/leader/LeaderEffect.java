package io.millrace.broker.replication.leader;

import io.millrace.broker.log.producers.ProducerBatch;
import io.millrace.core.api.Refusal;

/** What a leader wants done. A driver performs effects in the order in which they come. */
public sealed interface LeaderEffect {
    /** Write the batch with this offset and epoch; report success by {@link PartitionLeader#appended}. */
    record AppendToLog(AppendCommand append, long baseOffset, int leaderEpoch) implements LeaderEffect {}

    /**
     * The batch is in the log already: give it the offsets and the timestamp of the original, so that it is answered like that
     * one; report by {@link PartitionLeader#repeated}.
     */
    record Repeat(AppendCommand append, ProducerBatch original) implements LeaderEffect {}

    /** Have everything that is in the log made durable; report by {@link PartitionLeader#syncedUpTo}. */
    record RequestSync() implements LeaderEffect {}

    /** Everything before this offset is committed: readers may see it. */
    record AdvanceHighWatermark(long highWatermark) implements LeaderEffect {}

    /**
     * Have the controller change the in-sync set. Ask as long as nobody knows what became of it, and report an answer by
     * {@link PartitionLeader#inSyncChangeAnswered}. It takes the place of any earlier wish of this partition.
     */
    record RequestInSyncChange(InSyncWish wish) implements LeaderEffect {}

    /** The picture shows that the in-sync set has lost and gained so many members. */
    record InSyncSetChanged(int lost, int gained) implements LeaderEffect {}

    /** Tell the sender that its batch is as safe as it asked for. */
    record Acknowledge(AppendCommand append) implements LeaderEffect {}

    /** Tell the sender that its batch was not taken, or that nobody knows whether it lasts. */
    record Refuse(AppendCommand append, Refusal refusal) implements LeaderEffect {}
}
