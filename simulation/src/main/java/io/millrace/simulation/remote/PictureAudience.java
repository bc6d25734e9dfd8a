package io.millrace.simulation.remote;

import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.api.ControllerApi.Subscription;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows the picture to those in a process who watch it, never an older one, on a loop of its own. */
final class PictureAudience {
    private final EventLoop loop;
    private final Set<Listening> listeners = new LinkedHashSet<>();
    private ClusterImage image = ClusterImage.empty("");
    private boolean heard;

    PictureAudience(EventLoop loop) {
        this.loop = loop;
    }

    ClusterImage image() {
        return image;
    }

    Subscription watch(MetadataListener listener) {
        Listening listening = new Listening(listener);
        loop.post(() -> {
            listeners.add(listening);
            if (heard) {
                listening.show(null, image);
            }
        });
        return () -> {
            listening.closed = true;
            loop.post(() -> listeners.remove(listening));
        };
    }

    /**
     * Shows a picture if it is later than the present one.
     *
     * @param step that leads to it from the version before, or null when no single one does
     */
    void show(@Nullable ClusterDelta step, ClusterImage next) {
        loop.post(() -> {
            if (heard && next.version() <= image.version()) {
                return;
            }
            boolean follows = heard && step != null && next.version() == image.version() + 1;
            image = next;
            heard = true;
            listeners.forEach(listening -> listening.show(follows ? step : null, next));
        });
    }

    private static final class Listening {
        private final MetadataListener listener;
        private boolean closed;

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
