package io.millrace.gateway.produce;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.TopicPartition;
import java.util.HashMap;
import java.util.Map;

/** The lanes that are not idle of the partitions that belong to one loop. Confined to it, but for {@link #add}. */
final class PartitionLanes {
    private final EventLoop loop;
    private final ProducerEnvironment environment;
    private final Map<TopicPartition, PartitionLane> lanes = new HashMap<>();

    PartitionLanes(EventLoop loop, ProducerEnvironment environment) {
        this.loop = loop;
        this.environment = environment;
        follow(environment.view().image());
    }

    /** Shows every lane each picture that comes after this one. */
    private void follow(ClusterImage seen) {
        var _ = environment
                .view()
                .await(now -> now.version() != seen.version())
                .thenAccept(now -> loop.post(() -> {
                    lanes.values().forEach(lane -> lane.see(now));
                    follow(now);
                }));
    }

    /**
     * Sends the run on its way. May be called from any thread.
     *
     * @param startsClock whether this run is the one of its call that watches the time
     */
    void add(TopicPartition partition, RecordRun run, boolean startsClock) {
        loop.post(() -> {
            if (startsClock) {
                run.call().expireOn(loop, environment.clock().nanoTime());
            }
            lanes.computeIfAbsent(partition, this::lane).add(run);
        });
    }

    private PartitionLane lane(TopicPartition partition) {
        return new PartitionLane(partition, loop, environment, () -> lanes.remove(partition));
    }
}
