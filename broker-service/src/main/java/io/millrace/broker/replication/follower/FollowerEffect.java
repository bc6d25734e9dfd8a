package io.millrace.broker.replication.follower;

import io.millrace.core.api.ReplicaPull;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What a follower wants done. A driver performs effects in the order in which they come. */
public sealed interface FollowerEffect {
    /** Tell the leader where this follower stands. */
    record Send(long session, ReplicaPull.Position position) implements FollowerEffect {}

    /** Write these batches; report by {@link PartitionFollower#appended}. */
    record Append(ByteBuffer records) implements FollowerEffect {}

    /** Cut the log at the offset, durably; report by {@link PartitionFollower#changed}. */
    record Truncate(long offset) implements FollowerEffect {}

    /** Drop all records and go on at the offset, durably; report by {@link PartitionFollower#changed}. */
    record Restart(long offset) implements FollowerEffect {}

    /** Records before the offset were deleted; report by {@link PartitionFollower#changed}. */
    record AdvanceLogStart(long offset) implements FollowerEffect {}

    /** Have everything that is in the log made durable; report by {@link PartitionFollower#changed}. */
    record RequestSync() implements FollowerEffect {}

    /** Call {@link PartitionFollower#ask} now. */
    record Ask() implements FollowerEffect {}

    /** Call {@link PartitionFollower#pauseOver} with that number after the delay. */
    record Pause(Duration delay, long number) implements FollowerEffect {}

    /** Have the replica withdrawn that is damaged from the offset on; report by {@link PartitionFollower#withdrawn}. */
    record Withdraw(long offset) implements FollowerEffect {}

    /** Cut the log at the offset, durably, and keep aside what went; report by {@link PartitionFollower#quarantined}. */
    record Quarantine(long offset) implements FollowerEffect {}

    /**
     * Tell whoever watches that records were cut off which were known as committed: somewhere something was lost that was
     * acknowledged.
     */
    record TellOfLoss(long highWatermark, long logEnd) implements FollowerEffect {}
}
