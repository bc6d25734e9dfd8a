package io.millrace.rpc.server;

import io.grpc.stub.ServerCallStreamObserver;
import io.millrace.core.api.ControllerStanding;
import io.millrace.internal.v1.WatchMetadataRequest;
import io.millrace.internal.v1.WatchMetadataResponse;
import io.millrace.rpc.wire.Standings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One watcher's call. It is sent no more than its connection takes. Confined to the feed's thread. */
final class PictureWatcher {
    private final WatchMetadataRequest request;
    private final ServerCallStreamObserver<SerialisedStep> to;
    private @Nullable PictureCursor cursor;
    private long lastSentNanos;

    PictureWatcher(WatchMetadataRequest request, ServerCallStreamObserver<SerialisedStep> to, long nowNanos) {
        this.request = request;
        this.to = to;
        this.lastSentNanos = nowNanos;
    }

    /** Sends what there is, for as long as the connection takes it; a watcher that misses nothing is told so at first. */
    void send(PictureHistory history, Present present) {
        PictureCursor at = cursor;
        if (at == null) {
            at = PictureCursor.of(request.getClusterId(), request.getVersion(), history);
            cursor = at;
            if (at.isAtTheEnd(history)) {
                send(present.stillAt(), present.nowNanos());
            }
        }
        while (to.isReady()) {
            Optional<SerialisedStep> step = at.next(history);
            if (step.isEmpty()) {
                return;
            }
            send(step.get(), present.nowNanos());
        }
    }

    /** Tells a watcher that has got everything how things stand, if there is news of it or it has heard nothing for so long. */
    void tell(PictureHistory history, Present present, Duration silence, boolean news) {
        boolean quiet = present.nowNanos() - lastSentNanos >= silence.toNanos();
        boolean upToDate = cursor != null && cursor.isAtTheEnd(history);
        if (upToDate && to.isReady() && (quiet || news)) {
            send(present.stillAt(), present.nowNanos());
        }
    }

    /** Versions that are not sent yet, as far as the picture is; all of them before the first step. */
    long lag(PictureHistory history) {
        return cursor == null ? history.version() : cursor.lag(history);
    }

    /** Says who decides instead, and ends the call. */
    void end(ControllerStanding standing) {
        to.onNext(SerialisedStep.of(WatchMetadataResponse.newBuilder()
                .setNotActive(Standings.notActive(standing))
                .build()));
        to.onCompleted();
    }

    private void send(SerialisedStep step, long nowNanos) {
        to.onNext(step);
        lastSentNanos = nowNanos;
    }

    /** The moment, and what there is to tell about it; made once for all watchers. */
    record Present(long nowNanos, SerialisedStep stillAt) {}
}
