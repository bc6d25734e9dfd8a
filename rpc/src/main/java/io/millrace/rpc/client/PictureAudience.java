package io.millrace.rpc.client;

import io.grpc.SynchronizationContext;
import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.api.ControllerApi.Subscription;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the picture to those in this process who watch it: first as a whole, then step by step, never an older one. One call
 * at a time, in turns of its own, so that a listener that takes its time holds up nothing but pictures.
 */
final class PictureAudience {
    /** The picture of those who have not heard of any: no cluster, version 0. */
    private static final ClusterImage NOTHING = ClusterImage.empty("");

    private static final Logger LOG = LoggerFactory.getLogger(PictureAudience.class);

    private final SynchronizationContext turns = new SynchronizationContext(
            (thread, bug) -> LOG.error("A listener failed at a picture of the cluster", bug));

    /** Confined to the turns. */
    private final Set<Listening> listeners = new LinkedHashSet<>();

    private volatile ClusterImage image = NOTHING;
    private volatile boolean heard;

    /** The latest picture; on any thread. */
    ClusterImage image() {
        return image;
    }

    /** Whether there is a picture at all; on any thread. */
    boolean hasHeard() {
        return heard;
    }

    /** Runs a task between two pictures; after what was shown before, and after those who watch have seen it. */
    void execute(Runnable task) {
        turns.execute(task);
    }

    Subscription watch(MetadataListener listener) {
        Listening listening = new Listening(listener);
        turns.execute(() -> {
            listeners.add(listening);
            if (heard) {
                listening.show(null, image);
            }
        });
        return () -> {
            listening.closed = true;
            turns.execute(() -> listeners.remove(listening));
        };
    }

    /**
     * Shows a picture if it is later than the present one. Must be called in a turn.
     *
     * @param step that leads to it from the version before, or null when no single one does
     */
    void show(@Nullable ClusterDelta step, ClusterImage next) {
        if (heard && next.version() <= image.version()) {
            return;
        }
        boolean follows = heard && step != null && next.version() == image.version() + 1;
        image = next;
        heard = true;
        for (Listening listening : List.copyOf(listeners)) {
            turns.execute(() -> listening.show(follows ? step : null, next));
        }
    }

    /** One listener, until it has enough. */
    private static final class Listening {
        private final MetadataListener listener;
        private volatile boolean closed;

        Listening(MetadataListener listener) {
            this.listener = listener;
        }

        void show(@Nullable ClusterDelta step, ClusterImage image) {
            if (closed) {
                return;
            }
            if (step == null) {
                listener.onSnapshot(image);
            } else {
                listener.onDelta(step, image);
            }
        }
    }
}
