package io.millrace.controller.node;

import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Follows the picture, and notes each step that is not the next one. */
final class FaithfulWatcher implements MetadataListener {
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private volatile ClusterImage seen = ClusterImage.empty("");

    @Override
    public void onSnapshot(ClusterImage image) {
        if (image.version() <= seen.version()) {
            problems.add("A snapshot of version " + image.version() + " after version " + seen.version());
        }
        seen = image;
    }

    @Override
    public void onDelta(ClusterDelta delta, ClusterImage after) {
        if (delta.version() != seen.version() + 1 || !seen.apply(delta).equals(after)) {
            problems.add("Delta " + delta.version() + " does not lead from " + seen.version() + " to the next picture");
        }
        seen = after;
    }

    ClusterImage seen() {
        return seen;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
