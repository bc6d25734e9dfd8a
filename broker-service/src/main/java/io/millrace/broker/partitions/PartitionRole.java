package io.millrace.broker.partitions;

import io.millrace.broker.replication.leader.AppendCommand;
import io.millrace.core.api.Refusal;
import java.util.List;

/** What this broker is for a partition that it holds. Confined to the partition's event loop. */
sealed interface PartitionRole permits LeaderRole, FollowerRole {
    /** The log is durable up to here. */
    void syncedUpTo(long offset);

    /** Something is known to be damaged in the log that was not known before. */
    void damageFound();

    /** Up to here records are known to be committed. */
    long highWatermark();

    /** Of the leadership that this role belongs to. */
    int leaderEpoch();

    /** The appends that are begun and not yet answered; whoever takes them answers them. */
    List<AppendCommand> handOver();

    /** The role is over; whoever waits for it is told why. */
    void end(Refusal why);
}
