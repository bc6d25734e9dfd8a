package io.millrace.broker.partitions;

import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.replication.follower.LeaderLinks;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.model.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What all partitions share.
 *
 * @param loops among which the partitions are dealt out
 * @param control on which pictures are carried out
 * @param blocking where logs are opened, closed, moved and deleted, several at a time
 * @param gate whether writes may be taken and acknowledged
 * @param deletionGrace between the deletion of a topic and that of its files
 * @param leaders what leaders have besides
 * @param links to the leaders that partitions follow
 * @param withdrawals of replicas that are not what the picture says
 * @param producers how many idempotent producers each partition remembers, and for how long
 */
public record PartitionHall(
        List<EventLoop> loops,
        EventLoop control,
        Executor blocking,
        Clock clock,
        PartitionObserver observer,
        WriteGate gate,
        Duration deletionGrace,
        LeaderSurroundings leaders,
        LeaderLinks links,
        Withdrawals withdrawals,
        ProducerLimits producers) {
    public PartitionHall {
        loops = List.copyOf(loops);
    }

    PartitionSurroundings placeFor(PartitionKey key) {
        EventLoop loop = loops.get(loopIndex(key.topicId(), key.partition()));
        return new PartitionSurroundings(loop, blocking, clock, observer, gate, leaders, links, withdrawals, producers);
    }

    /** Which of the loops the partition is dealt to. */
    public int loopIndex(TopicId topicId, int partition) {
        return Math.floorMod(topicId.hashCode() + partition, loops.size());
    }
}
