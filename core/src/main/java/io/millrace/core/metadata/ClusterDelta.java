package io.millrace.core.metadata;

import java.util.List;

/**
 * What one committed decision changed.
 *
 * @param version the version of the picture after the change; the delta applies to the picture of the version before
 * @param controllerEpoch of the controller that decided
 */
public record ClusterDelta(long version, int controllerEpoch, List<MetadataChange> changes) {
    public ClusterDelta {
        changes = List.copyOf(changes);
    }
}
