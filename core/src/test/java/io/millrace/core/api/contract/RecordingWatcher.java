package io.millrace.core.api.contract;

import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes the pictures it is shown, and every delta that does not lead from the picture before to the one after. */
final class RecordingWatcher implements MetadataListener {
    private final List<ClusterImage> pictures = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final AtomicInteger snapshots = new AtomicInteger();

    @Override
    public void onSnapshot(ClusterImage image) {
        snapshots.incrementAndGet();
        pictures.add(image);
    }

    @Override
    public void onDelta(ClusterDelta delta, ClusterImage after) {
        if (pictures.isEmpty() || !pictures.getLast().apply(delta).equals(after)) {
            problems.add("Delta " + delta.version() + " does not lead to picture " + after.version());
        }
        pictures.add(after);
    }

    List<ClusterImage> pictures() {
        return pictures;
    }

    List<String> problems() {
        return problems;
    }

    int snapshots() {
        return snapshots.get();
    }
}
