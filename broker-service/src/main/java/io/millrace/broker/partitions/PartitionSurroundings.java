package io.millrace.broker.partitions;

import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.replication.follower.LeaderLinks;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import java.util.concurrent.Executor;

/**
 * Where a partition lives.
 *
 * @param loop to which its state is confined
 * @param blocking where logs are opened, closed and moved
 * @param gate whether writes may be taken and acknowledged
 * @param leaders what leaders have besides
 * @param links to the leaders that partitions follow
 * @param withdrawals of replicas that are not what the picture says
 * @param producers how many idempotent producers are remembered, and for how long
 */
record PartitionSurroundings(
        EventLoop loop,
        Executor blocking,
        Clock clock,
        PartitionObserver observer,
        WriteGate gate,
        LeaderSurroundings leaders,
        LeaderLinks links,
        Withdrawals withdrawals,
        ProducerLimits producers) {}
