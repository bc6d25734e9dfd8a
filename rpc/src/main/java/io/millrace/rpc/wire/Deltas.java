package io.millrace.rpc.wire;

import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.MetadataChange;
import java.util.ArrayList;
import java.util.List;

/** Steps from one picture to the next. */
public final class Deltas {
    private Deltas() {}

    /** Cannot fail. */
    public static io.millrace.internal.v1.ClusterDelta encode(ClusterDelta delta) {
        var to = io.millrace.internal.v1.ClusterDelta.newBuilder()
                .setVersion(delta.version())
                .setControllerEpoch(delta.controllerEpoch());
        for (MetadataChange change : delta.changes()) {
            switch (change) {
                case MetadataChange.Put(var fact) -> to.addChangesBuilder().setPut(MetadataFacts.encode(fact));
                case MetadataChange.Removed(var key) -> to.addChangesBuilder().setRemoved(MetadataFacts.encode(key));
            }
        }
        return to.build();
    }

    /** Refuses a delta with a change that cannot be read: a picture with a hole would be worse than an old one. */
    public static ClusterDelta decode(io.millrace.internal.v1.ClusterDelta from) throws MalformedMessageException {
        List<MetadataChange> changes = new ArrayList<>(from.getChangesCount());
        for (io.millrace.internal.v1.MetadataChange change : from.getChangesList()) {
            changes.add(
                    switch (change.getChangeCase()) {
                        case PUT -> new MetadataChange.Put(MetadataFacts.decode(change.getPut()));
                        case REMOVED -> new MetadataChange.Removed(MetadataFacts.decode(change.getRemoved()));
                        case CHANGE_NOT_SET ->
                            throw new MalformedMessageException("A change is of no kind that this version knows.");
                    });
        }
        return new ClusterDelta(from.getVersion(), from.getControllerEpoch(), changes);
    }
}
