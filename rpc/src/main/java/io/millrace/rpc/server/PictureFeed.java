package io.millrace.rpc.server;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.api.ControllerApi.Subscription;
import io.millrace.core.api.ControllerStanding;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.internal.v1.WatchMetadataRequest;
import io.millrace.internal.v1.WatchMetadataResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the controller's picture to other processes. It watches the controller once, however many they are. All of it
 * happens on one thread of its own, so that neither the controller nor the network waits for a picture being serialised.
 */
final class PictureFeed implements MetadataListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PictureFeed.class);

    private final ControllerSeat seat;
    private final ControllerEndpointOptions options;
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("controller-pictures").factory());
    private final Set<PictureWatcher> watchers = new LinkedHashSet<>();
    private final AtomicInteger snapshotsMade = new AtomicInteger();
    private volatile int watching; // written on the loop only, as is the lag
    private volatile long lag;
    private @Nullable Subscription subscription;
    private @Nullable PictureHistory history;
    private boolean suspended;

    PictureFeed(ControllerSeat seat, ControllerEndpointOptions options) {
        this.seat = seat;
        this.options = options;
        long check = options.standingCheck().toNanos();
        var _ = loop.scheduleWithFixedDelay(loudly(this::look), check, check, TimeUnit.NANOSECONDS);
    }

    /** Takes a watcher in until its call ends, from whatever side. Must be called before the call's handler returns. */
    void watch(WatchMetadataRequest request, ServerCallStreamObserver<SerialisedStep> to) {
        PictureWatcher watcher = new PictureWatcher(request, to, System.nanoTime());
        to.setOnCancelHandler(() -> post(() -> watchers.remove(watcher)));
        to.setOnReadyHandler(() -> post(() -> send(watcher)));
        if (!post(() -> begin(watcher, to))) {
            watcher.end(ControllerStanding.UNKNOWN);
        }
    }

    @Override
    public void onSnapshot(ClusterImage image) {
        post(() -> {
            if (history == null) {
                history = new PictureHistory(image, options);
            } else {
                history.restart(image);
            }
            List.copyOf(watchers).forEach(this::send);
        });
    }

    @Override
    public void onDelta(ClusterDelta delta, ClusterImage after) {
        post(() -> {
            if (history != null) {
                history.add(delta, after);
            }
            List.copyOf(watchers).forEach(this::send);
        });
    }

    /** How many watch, as of the latest look. */
    int watchers() {
        return watching;
    }

    /** The versions that the slowest watcher has not been sent, as of the latest look. */
    long lag() {
        return lag;
    }

    /** How often a whole picture was serialised. */
    int snapshotsMade() {
        return snapshotsMade.get();
    }

    /** Ends every watch. */
    @Override
    public void close() {
        post(() -> {
            endAll(ControllerStanding.UNKNOWN);
            if (subscription != null) {
                subscription.close();
            }
        });
        loop.shutdown();
    }

    private void begin(PictureWatcher watcher, ServerCallStreamObserver<SerialisedStep> to) {
        ControllerStanding standing = seat.standing();
        if (!seat.decidesBy(standing)) {
            watcher.end(standing);
        } else if (watchers.size() >= options.watchersMax()) {
            to.onError(Status.RESOURCE_EXHAUSTED
                    .withDescription(
                            "This controller shows its picture to at most " + options.watchersMax() + " watchers.")
                    .asRuntimeException());
        } else if (!to.isCancelled()) {
            watchers.add(watcher);
            if (subscription == null) {
                subscription = seat.controller().watch(this);
            }
            send(watcher);
        }
    }

    private void send(PictureWatcher watcher) {
        if (history != null && watchers.contains(watcher)) {
            watcher.send(history, present(history, seat.standing()));
            snapshotsMade.set(history.snapshotsMade());
        }
    }

    /** Sends watchers away when another controller decides; else tells those that have heard nothing for a while. */
    private void look() {
        ControllerStanding standing = seat.standing();
        if (!seat.decidesBy(standing)) {
            endAll(standing);
        } else if (history != null) {
            PictureWatcher.Present present = present(history, standing);
            boolean news = standing.suspended() != suspended;
            suspended = standing.suspended();
            for (PictureWatcher watcher : watchers) {
                watcher.tell(history, present, options.stillAtAfter(), news);
            }
        }
        count();
    }

    private void count() {
        long slowest = 0;
        if (history != null) {
            for (PictureWatcher watcher : watchers) {
                slowest = Math.max(slowest, watcher.lag(history));
            }
        }
        watching = watchers.size();
        lag = slowest;
    }

    private void endAll(ControllerStanding standing) {
        watchers.forEach(watcher -> watcher.end(standing));
        watchers.clear();
    }

    private static PictureWatcher.Present present(PictureHistory history, ControllerStanding standing) {
        var stillAt = WatchMetadataResponse.StillAt.newBuilder()
                .setVersion(history.version())
                .setControllerEpoch(
                        standing.active() == null ? 0 : standing.active().epoch())
                .setSuspended(standing.suspended());
        return new PictureWatcher.Present(
                System.nanoTime(),
                SerialisedStep.of(
                        WatchMetadataResponse.newBuilder().setStillAt(stillAt).build()));
    }

    /** A failure is told, and does not end the looking. */
    private static Runnable loudly(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException bug) {
                LOG.error("The picture could not be shown to those who watch it", bug);
            }
        };
    }

    /** Says whether the task will be run: not once the feed is closed. */
    private boolean post(Runnable task) {
        try {
            loop.execute(loudly(task));
            return true;
        } catch (RejectedExecutionException closed) {
            LOG.debug("A picture came after the last watcher had gone.", closed);
            return false;
        }
    }
}
