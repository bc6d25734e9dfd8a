package io.millrace.broker.partitions;

import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
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
 */
public record PartitionHall(
        List<EventLoop> loops,
        EventLoop control,
        Executor blocking,
        Clock clock,
        PartitionObserver observer,
        WriteGate gate,
        Duration deletionGrace) {
    public PartitionHall {
        loops = List.copyOf(loops);
    }

    PartitionSurroundings placeFor(PartitionKey key) {
        int index = Math.floorMod(key.topicId().hashCode() + key.partition(), loops.size());
        return new PartitionSurroundings(loops.get(index), blocking, clock, observer, gate);
    }
}
