package io.millrace.rpc.server;

import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.internal.v1.WatchMetadataResponse;
import io.millrace.rpc.wire.Deltas;
import io.millrace.rpc.wire.SnapshotPieces;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What watchers can be sent: the latest changes, as many as the limits allow, and a whole picture for those who are further
 * behind. Everything is serialised once. A whole picture is made when one is needed, and serves everybody for as long as
 * the changes behind it are still there. Confined to the feed's thread.
 */
final class PictureHistory {
    private final ControllerEndpointOptions options;
    private final TreeMap<Long, SerialisedStep> deltas = new TreeMap<>();
    private long deltaBytes;
    private ClusterImage image;
    private @Nullable Snapshot snapshot;
    private int snapshotsMade;

    PictureHistory(ClusterImage image, ControllerEndpointOptions options) {
        this.image = image;
        this.options = options;
    }

    /**
     * A whole picture.
     *
     * @param version that the receiver of all pieces is at
     */
    record Snapshot(long version, List<SerialisedStep> pieces) {}

    /** Goes on with a picture to which no change leads. */
    void restart(ClusterImage next) {
        boolean same = next.version() == image.version() && next.clusterId().equals(image.clusterId());
        image = next;
        if (!same) {
            deltas.clear();
            deltaBytes = 0;
            snapshot = null;
        }
    }

    void add(ClusterDelta delta, ClusterImage after) {
        WatchMetadataResponse response = WatchMetadataResponse.newBuilder()
                .setDelta(Deltas.encode(delta))
                .build();
        SerialisedStep step = SerialisedStep.of(response);
        deltas.put(delta.version(), step);
        deltaBytes += step.sizeBytes();
        image = after;
        while (deltas.size() > options.historyDeltasMax() || deltaBytes > options.historyBytesMax()) {
            deltaBytes -= deltas.pollFirstEntry().getValue().sizeBytes();
        }
        if (snapshot != null && !bridgesFrom(snapshot.version())) {
            snapshot = null;
        }
    }

    String clusterId() {
        return image.clusterId();
    }

    /** The version that somebody who has got everything is at. */
    long version() {
        return image.version();
    }

    /** Whether somebody at that version needs no whole picture. */
    boolean bridgesFrom(long version) {
        return version == image.version() || deltas.containsKey(version + 1);
    }

    /** The change that follows on that version, if it has happened and is still there. */
    Optional<SerialisedStep> deltaAfter(long version) {
        return Optional.ofNullable(deltas.get(version + 1));
    }

    /** A whole picture from which the changes bridge to the present. */
    Snapshot snapshot() {
        Snapshot made = snapshot;
        if (made == null) {
            made = new Snapshot(
                    image.version(),
                    SnapshotPieces.encode(image, options.pieceBytesMax()).stream()
                            .map(piece -> WatchMetadataResponse.newBuilder()
                                    .setSnapshotPiece(piece)
                                    .build())
                            .map(SerialisedStep::of)
                            .toList());
            snapshot = made;
            snapshotsMade++;
        }
        return made;
    }

    /** How often a whole picture was serialised. */
    int snapshotsMade() {
        return snapshotsMade;
    }
}
