package io.millrace.simulation.remote;

import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.simulation.network.Inbound;
import io.millrace.simulation.network.Outbound;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The watch of the picture over one connection. Confined to the network loop of its process. */
final class PictureWatch implements Inbound<ControllerSeat.Step> {
    private final ControllerLink link;
    private final ControllerLink.Connected connection;
    private final PictureAudience audience;
    private final EventLoop loop;
    private final Clock clock;
    private final Outbound<Void> out;
    private @Nullable ClusterImage picture;
    private long heardAt;
    private boolean ended;

    PictureWatch(
            ControllerLink link,
            ControllerLink.Connected connection,
            PictureAudience audience,
            EventLoop loop,
            Clock clock) {
        this.link = link;
        this.connection = connection;
        this.audience = audience;
        this.loop = loop;
        this.clock = clock;
        this.heardAt = clock.nanoTime();
        this.out = connection.channel().open(ControllerSeat.class, ControllerSeat::watch, this);
        listen();
    }

    @Override
    public void onMessage(ControllerSeat.Step step) {
        heardAt = clock.nanoTime();
        switch (step) {
            case ControllerSeat.Step.Whole(var image) -> {
                picture = image;
                audience.show(null, image);
            }
            case ControllerSeat.Step.Next(var delta) -> {
                ClusterImage before = picture;
                if (before == null || delta.version() != before.version() + 1) {
                    throw new IllegalStateException(
                            "Change " + delta.version() + " does not follow on what came before");
                }
                ClusterImage after = before.apply(delta);
                picture = after;
                audience.show(delta, after);
            }
            case ControllerSeat.Step.Still(boolean suspended) -> link.suspended(connection, suspended);
        }
    }

    @Override
    public void onEnd(String why) {
        if (!ended) {
            ended = true;
            link.lost(connection);
        }
    }

    private void listen() {
        Duration silenceMax = ControllerOptions.DEFAULTS.silenceMax();
        if (ended) {
            return;
        }
        if (clock.nanoTime() - heardAt > silenceMax.toNanos()) {
            out.end("it was silent for too long");
            onEnd("it was silent for too long");
            return;
        }
        loop.schedule(silenceMax.dividedBy(4), this::listen);
    }
}
