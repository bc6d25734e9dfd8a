package io.millrace.broker.node;

import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A controller that shows its watcher whatever pictures the test likes, behind those of a real one. */
final class StagedController extends ForwardingController {
    private @Nullable ClusterImage staged;
    private @Nullable MetadataListener watcher;

    StagedController() {
        super(new InMemoryController());
    }

    /** The next picture; from the first one on the real controller is to decide nothing more. */
    void change(MetadataChange... changes) {
        ClusterImage before = image();
        ClusterDelta delta = new ClusterDelta(before.version() + 1, before.controllerEpoch(), List.of(changes));
        ClusterImage after = before.apply(delta);
        staged = after;
        Objects.requireNonNull(watcher).onDelta(delta, after);
    }

    /** A whole picture, as a watch brings it that begins anew. */
    void show(ClusterImage image) {
        Objects.requireNonNull(watcher).onSnapshot(image);
    }

    /** The picture as another process decodes it: equal, and not one object of it the same. */
    ClusterImage copyOfImage() {
        ClusterImage image = image();
        List<MetadataChange> all = new ArrayList<>();
        image.brokers().values().forEach(broker -> all.add(new MetadataChange.Put(broker)));
        image.topics().values().forEach(topic -> {
            topic.partitions().forEach(partition -> all.add(new MetadataChange.Put(partition)));
            all.add(new MetadataChange.Put(topic.topic()));
        });
        ClusterImage built =
                ClusterImage.empty(image.clusterId()).apply(new ClusterDelta(1, image.controllerEpoch(), all));
        return new ClusterImage(
                built.clusterId(),
                image.version(),
                built.controllerEpoch(),
                built.brokers(),
                built.topics(),
                built.deletedTopics(),
                image.nextProducerId(),
                image.quotas(),
                built.assembly());
    }

    @Override
    public Subscription watch(MetadataListener listener) {
        watcher = listener;
        return super.watch(listener);
    }

    @Override
    public ClusterImage image() {
        ClusterImage present = staged;
        return present == null ? super.image() : present;
    }
}
