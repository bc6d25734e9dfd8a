package io.millrace.broker.node;

import io.millrace.broker.partitions.Partitions;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Brings pictures to the control loop, has them carried out there, and tells up to which one everything is done. A watch
 * that begins anew may bring a picture again, or, from a controller that is behind, one older than the last: that one is
 * left out.
 */
final class PictureWatch implements ControllerApi.MetadataListener {
    private final EventLoop control;
    private final Partitions partitions;
    private final String clusterId;
    private final Consumer<ClusterImage> shown;
    private final LongConsumer carriedOut;
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null); // confined to the control loop
    private long taken = -1; // confined to the control loop

    /**
     * Watches for these partitions.
     *
     * @param shown hears of each picture before it is carried out
     */
    PictureWatch(
            EventLoop control,
            Partitions partitions,
            String clusterId,
            Consumer<ClusterImage> shown,
            LongConsumer carriedOut) {
        this.control = control;
        this.partitions = partitions;
        this.clusterId = clusterId;
        this.shown = shown;
        this.carriedOut = carriedOut;
    }

    @Override
    public void onSnapshot(ClusterImage image) {
        control.post(() -> {
            if (image.version() >= taken && isOurs(image)) {
                shown.accept(image);
                whenDone(partitions.take(image), image.version());
            }
        });
    }

    @Override
    public void onDelta(ClusterDelta delta, ClusterImage after) {
        control.post(() -> {
            if (after.version() > taken && isOurs(after)) {
                shown.accept(after);
                whenDone(partitions.take(delta, after), after.version());
            }
        });
    }

    /** A controller of another cluster, found under an address of ours, must not take our topics out of service. */
    private boolean isOurs(ClusterImage image) {
        return image.clusterId().equals(clusterId);
    }

    /** A version counts as carried out only when all before it do. */
    private void whenDone(CompletableFuture<Void> done, long version) {
        taken = version;
        before = CompletableFuture.allOf(before, done)
                .whenComplete((_, _) -> control.post(() -> carriedOut.accept(version)));
    }
}
