package io.millrace.controller.node;

import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands pictures to whoever watches. Each watcher has a queue of its own and is called off the controller's event loop,
 * one call at a time; one that falls too far behind loses its queue and gets a snapshot instead, so that a slow watcher
 * costs neither time nor unbounded memory. A watcher that throws hears nothing more.
 *
 * <p>Confined to the controller's event loop, except for {@link #watch}, {@link #current} and closing a subscription.
 */
final class PictureWatchers implements MetadataListener {
    /** Deltas that may wait for one watcher. */
    private static final int DELTAS_WAITING_MAX = 1_000;

    private final EventLoop loop;
    private final Executor deliveries;
    private final List<Watcher> watchers = new ArrayList<>();
    private volatile ClusterImage current = ClusterImage.empty("");
    private boolean known;

    PictureWatchers(EventLoop loop, Executor deliveries) {
        this.loop = loop;
        this.deliveries = deliveries;
    }

    /** The latest committed picture. */
    ClusterImage current() {
        return current;
    }

    /** Begins a watch; what it returns ends it. The first snapshot comes as soon as there is a picture. */
    Runnable watch(MetadataListener listener) {
        Watcher watcher = new Watcher(listener);
        loop.post(() -> {
            watchers.add(watcher);
            if (known) {
                watcher.offer(new Step(null, current));
            }
        });
        return () -> {
            watcher.closed = true;
            loop.post(() -> watchers.remove(watcher));
        };
    }

    @Override
    public void onSnapshot(ClusterImage image) {
        known = true;
        current = image;
        watchers.forEach(watcher -> watcher.offer(new Step(null, image)));
    }

    @Override
    public void onDelta(ClusterDelta delta, ClusterImage after) {
        current = after;
        watchers.forEach(watcher -> watcher.offer(new Step(delta, after)));
    }

    /** A delta, or a snapshot when there is none, and the picture it leads to. */
    private record Step(@Nullable ClusterDelta delta, ClusterImage after) {}

    private final class Watcher {
        private final MetadataListener listener;
        private final Deque<Step> waiting = new ArrayDeque<>();
        private boolean delivering;
        private volatile boolean closed;

        Watcher(MetadataListener listener) {
            this.listener = listener;
        }

        void offer(Step step) {
            if (step.delta() == null || waiting.size() >= DELTAS_WAITING_MAX) {
                waiting.clear();
                waiting.add(new Step(null, step.after()));
            } else {
                waiting.add(step);
            }
            deliverWhatWaits();
        }

        private void deliverWhatWaits() {
            if (delivering || waiting.isEmpty()) {
                return;
            }
            delivering = true;
            List<Step> steps = List.copyOf(waiting);
            waiting.clear();
            deliveries.execute(() -> {
                steps.forEach(this::deliver);
                loop.post(() -> {
                    delivering = false;
                    deliverWhatWaits();
                });
            });
        }

        private void deliver(Step step) {
            if (closed) {
                return;
            }
            ClusterDelta delta = step.delta();
            if (delta == null) {
                listener.onSnapshot(step.after());
            } else {
                listener.onDelta(delta, step.after());
            }
        }
    }
}
