package io.millrace.rpc.wire;

import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.internal.v1.ClusterSnapshotPiece;
import io.millrace.internal.v1.MetadataRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a whole picture together again as its pieces arrive, in their order. Not safe for several threads. */
public final class SnapshotAssembly {
    private final List<MetadataChange> facts = new ArrayList<>();
    private @Nullable ClusterSnapshotPiece first;

    /** True between the first and the last piece of a picture. */
    public boolean isUnderWay() {
        return first != null;
    }

    /** Takes the next piece; returns the picture when it was the last one. Refuses pieces of different pictures. */
    public Optional<ClusterImage> add(ClusterSnapshotPiece piece) throws MalformedMessageException {
        ClusterSnapshotPiece beginning = first == null ? piece : first;
        if (piece.getVersion() != beginning.getVersion()
                || piece.getControllerEpoch() != beginning.getControllerEpoch()
                || !piece.getClusterId().equals(beginning.getClusterId())) {
            throw new MalformedMessageException("A piece of picture " + piece.getVersion() + " of cluster '"
                    + piece.getClusterId() + "' came among those of picture " + beginning.getVersion() + " of cluster '"
                    + beginning.getClusterId() + "'.");
        }
        if (piece.getClusterId().isEmpty() || piece.getVersion() < 0) {
            throw new MalformedMessageException("A picture has a cluster id and a version of 0 or more.");
        }
        for (MetadataRecord fact : piece.getFactsList()) {
            facts.add(new MetadataChange.Put(MetadataFacts.decode(fact)));
        }
        first = piece.getLast() ? null : beginning;
        return piece.getLast() ? Optional.of(assemble(piece)) : Optional.empty();
    }

    private ClusterImage assemble(ClusterSnapshotPiece last) {
        ClusterImage nothing = ClusterImage.empty(last.getClusterId());
        ClusterImage before = new ClusterImage(
                nothing.clusterId(),
                last.getVersion() - 1,
                last.getControllerEpoch(),
                nothing.brokers(),
                nothing.topics(),
                nothing.deletedTopics(),
                nothing.nextProducerId(),
                nothing.quotas(),
                nothing.assembly());
        ClusterImage image = before.apply(new ClusterDelta(last.getVersion(), last.getControllerEpoch(), facts));
        facts.clear();
        return image;
    }
}
