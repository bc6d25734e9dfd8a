package io.millrace.rpc.client;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.millrace.core.api.ControllerStanding.ActiveController;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.internal.v1.ControllerServiceGrpc;
import io.millrace.internal.v1.NotActive;
import io.millrace.internal.v1.WatchMetadataRequest;
import io.millrace.internal.v1.WatchMetadataResponse;
import io.millrace.rpc.wire.Deltas;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.SnapshotAssembly;
import io.millrace.rpc.wire.Standings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The watch of the picture over one connection, which goes on where the one before stopped. It reads no further than those
 * who watch in this process have come. Everything but the beginning happens in the audience's turns.
 */
final class PictureWatch implements ClientResponseObserver<WatchMetadataRequest, WatchMetadataResponse> {
    private final ClientContext context;
    private final ControllerLink link;
    private final ControllerConnection connection;
    private final PictureAudience audience;
    private final ClusterIdentity cluster;
    private final SnapshotAssembly pieces = new SnapshotAssembly();

    /** What the controller has told so far: older than what the audience has seen when the controller has yet to catch up. */
    private @Nullable ClusterImage picture;

    private @Nullable ClientCallStreamObserver<WatchMetadataRequest> stream;
    private volatile long lastHeardNanos = System.nanoTime();
    private volatile boolean busy;
    private volatile boolean ended;

    private PictureWatch(Sources sources, ControllerConnection connection) {
        this.context = sources.context();
        this.link = sources.link();
        this.audience = sources.audience();
        this.cluster = sources.cluster();
        this.connection = connection;
        this.picture = audience.hasHeard() ? audience.image() : null;
    }

    /** What all watches of a client share. */
    record Sources(ClientContext context, ControllerLink link, PictureAudience audience, ClusterIdentity cluster) {}

    static void begin(Sources sources, ControllerConnection connection) {
        sources.audience().execute(() -> {
            PictureWatch watch = new PictureWatch(sources, connection);
            WatchMetadataRequest.Builder request = WatchMetadataRequest.newBuilder();
            if (watch.picture != null) {
                request.setClusterId(watch.picture.clusterId()).setVersion(watch.picture.version());
            }
            ControllerServiceGrpc.newStub(connection.channel()).watchMetadata(request.build(), watch);
            sources.context().execute(watch::listen);
        });
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchMetadataRequest> call) {
        stream = call;
        call.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(WatchMetadataResponse response) {
        busy = true;
        audience.execute(() -> {
            take(response);
            // Behind the listeners' turns, so that a slow listener slows down the controller and not this memory.
            audience.execute(this::askForMore);
        });
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        end(status.getCode() + ", " + status.getDescription());
    }

    @Override
    public void onCompleted() {
        end("it ended the watch of the picture");
    }

    private void take(WatchMetadataResponse response) {
        if (ended) {
            return;
        }
        try {
            switch (response.getStepCase()) {
                case SNAPSHOT_PIECE -> {
                    Optional<ClusterImage> whole = pieces.add(response.getSnapshotPiece());
                    if (whole.isPresent()) {
                        take(whole.get());
                    }
                }
                case DELTA -> take(Deltas.decode(response.getDelta()));
                case STILL_AT -> {
                    boolean suspended = response.getStillAt().getSuspended();
                    context.execute(() -> link.suspended(connection, suspended));
                }
                case NOT_ACTIVE -> notActive(response.getNotActive());
                case STEP_NOT_SET -> {
                    // A newer controller's step, which changes nothing that is known here.
                }
            }
        } catch (MalformedMessageException e) {
            end("its picture cannot be read: " + e.problem());
        }
    }

    private void take(ClusterImage whole) {
        if (!cluster.isOurs(whole.clusterId())) {
            end("it shows the picture of another cluster");
            return;
        }
        picture = whole;
        audience.show(null, whole);
    }

    private void take(ClusterDelta delta) throws MalformedMessageException {
        ClusterImage before = picture;
        if (before == null || pieces.isUnderWay() || delta.version() != before.version() + 1) {
            throw new MalformedMessageException(
                    "Change " + delta.version() + " does not follow on what came before it.");
        }
        ClusterImage after = before.apply(delta);
        picture = after;
        audience.show(delta, after);
    }

    private void notActive(NotActive message) throws MalformedMessageException {
        ActiveController instead = Standings.hint(message).orElse(null);
        ended = true;
        context.execute(() -> link.notActive(connection, instead));
    }

    private void askForMore() {
        lastHeardNanos = System.nanoTime();
        busy = false;
        if (stream != null && !ended) {
            stream.request(1);
        }
    }

    /** Looks now and then whether the controller is still heard. */
    private void listen() {
        Duration silenceMax = context.options().silenceMax();
        Duration silence = Duration.ofNanos(System.nanoTime() - lastHeardNanos);
        if (ended) {
            return;
        }
        if (!busy && silence.compareTo(silenceMax) > 0) {
            end("it was silent for " + silence.toMillis() + " ms");
            return;
        }
        var _ = context.schedule(silenceMax.dividedBy(4), this::listen);
    }

    private void end(String why) {
        ended = true;
        context.execute(() -> link.lost(connection, why));
    }
}
