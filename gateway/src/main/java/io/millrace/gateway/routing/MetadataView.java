package io.millrace.gateway.routing;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * This gateway's picture of the cluster, kept by watching the controller. It may be a moment behind what the controller
 * has committed. Safe for any thread.
 */
public final class MetadataView implements AutoCloseable {
    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final ControllerApi.Subscription subscription;
    private volatile ClusterImage image = ClusterImage.empty("");
    private volatile boolean known;

    /** Starts to watch. */
    public MetadataView(ControllerApi controller) {
        subscription = controller.watch(new ControllerApi.MetadataListener() {
            @Override
            public void onSnapshot(ClusterImage snapshot) {
                show(snapshot);
            }

            @Override
            public void onDelta(ClusterDelta delta, ClusterImage after) {
                show(after);
            }
        });
    }

    /** The latest picture that has arrived; an empty one of no cluster before the first has. */
    public ClusterImage image() {
        return image;
    }

    /** Says whether a picture has arrived at all. */
    public boolean isKnown() {
        return known;
    }

    /**
     * Completes with the first picture, from the present one on, that the condition holds for. It waits for as long as
     * that takes; cancelling the future ends the wait.
     */
    public CompletableFuture<ClusterImage> await(Predicate<ClusterImage> condition) {
        Waiter waiter = new Waiter(condition, new CompletableFuture<>());
        waiters.add(waiter);
        // Looks after queueing: a picture that came in between is seen here, any later one is seen in show().
        release();
        return waiter.future;
    }

    @Override
    public void close() {
        subscription.close();
    }

    private void show(ClusterImage next) {
        image = next;
        known = true;
        release();
    }

    private void release() {
        ClusterImage now = image;
        waiters.removeIf(waiter -> waiter.future.isDone() || waiter.meets(now));
    }

    private record Waiter(Predicate<ClusterImage> condition, CompletableFuture<ClusterImage> future) {
        boolean meets(ClusterImage image) {
            boolean holds = condition.test(image);
            if (holds) {
                future.complete(image);
            }
            return holds;
        }
    }
}
