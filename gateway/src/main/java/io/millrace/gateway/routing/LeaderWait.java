package io.millrace.gateway.routing;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Waits before a question that was refused for the moment is asked again: until the picture shows a change of those who lead,
 * so that it reaches a new leader as soon as one is known, and at most for a while, as the picture of the broker may be the
 * one that lags.
 */
public final class LeaderWait {
    private LeaderWait() {}

    /**
     * Runs the task once, on the loop.
     *
     * @param routedBy the picture by which the question was sent
     */
    public static void then(
            MetadataView view,
            ClusterImage routedBy,
            List<TopicPartition> partitions,
            EventLoop loop,
            Duration most,
            Runnable task) {
        CompletableFuture<ClusterImage> changed = view.await(now -> differs(routedBy, now, partitions));
        EventLoop.Timer timer = loop.schedule(most, () -> changed.complete(view.image()));
        var _ = changed.whenComplete((_, _) -> {
            timer.cancel();
            loop.post(task);
        });
    }

    private static boolean differs(ClusterImage then, ClusterImage now, List<TopicPartition> partitions) {
        return partitions.stream().anyMatch(name -> isLedAnew(then, now, name));
    }

    /** Whether the partition has another leader, or its leader another epoch, or there is none any more. */
    public static boolean isLedAnew(ClusterImage then, ClusterImage now, TopicPartition name) {
        return !leadership(then, name).equals(leadership(now, name));
    }

    private static Optional<Leadership> leadership(ClusterImage image, TopicPartition name) {
        return image.partition(name).map(Leadership::of);
    }

    private record Leadership(int leader, int epoch) {
        static Leadership of(PartitionImage partition) {
            return new Leadership(partition.leader(), partition.leaderEpoch());
        }
    }
}
