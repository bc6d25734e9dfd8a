package io.millrace.broker.node;

import io.millrace.broker.partitions.Partitions;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** Brings pictures to the control loop, has them carried out there, and tells up to which one everything is done. */
final class PictureWatch implements ControllerApi.MetadataListener {
    private final EventLoop control;
    private final Partitions partitions;
    private final LongConsumer carriedOut;
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null); // confined to the control loop

    PictureWatch(EventLoop control, Partitions partitions, LongConsumer carriedOut) {
        this.control = control;
        this.partitions = partitions;
        this.carriedOut = carriedOut;
    }

    @Override
    public void onSnapshot(ClusterImage image) {
        control.post(() -> whenDone(partitions.take(image), image.version()));
    }

    @Override
    public void onDelta(ClusterDelta delta, ClusterImage after) {
        control.post(() -> whenDone(partitions.take(delta, after), after.version()));
    }

    /** A version counts as carried out only when all before it do. */
    private void whenDone(CompletableFuture<Void> done, long version) {
        before = CompletableFuture.allOf(before, done)
                .whenComplete((_, _) -> control.post(() -> carriedOut.accept(version)));
    }
}
