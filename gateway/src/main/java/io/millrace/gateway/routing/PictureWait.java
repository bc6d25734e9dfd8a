package io.millrace.gateway.routing;

import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterImage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Waits until this gateway's picture shows what is committed, and when it does not follow in time goes on nevertheless. Safe
 * for any thread.
 */
public final class PictureWait {
    private final MetadataView view;
    private final EventLoop timers;
    private final Duration patience;

    /** Waits at most so long. */
    public PictureWait(MetadataView view, EventLoop timers, Duration patience) {
        this.view = view;
        this.timers = timers;
        this.patience = patience;
    }

    /** The first picture that shows it, or the latest one when the time is over. */
    public CompletableFuture<ClusterImage> until(Predicate<ClusterImage> condition) {
        CompletableFuture<ClusterImage> shown = view.await(condition);
        if (shown.isDone()) {
            return shown;
        }
        EventLoop.Timer giveUp = timers.schedule(patience, () -> shown.complete(view.image()));
        return shown.whenComplete((image, bug) -> giveUp.cancel());
    }
}
