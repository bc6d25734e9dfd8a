package io.millrace.gateway.remote;

import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.MetadataKey;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A picture of several brokers that changes as the test says. */
final class ShownPicture extends ForwardingController {
    private static final int CONTROLLER_EPOCH = 1;

    private final List<MetadataListener> listeners = new ArrayList<>();
    private ClusterImage image = ClusterImage.empty("cluster-1");

    ShownPicture() {
        super(new InMemoryController());
    }

    void showBroker(int id, long epoch, boolean fenced) {
        show(broker(id, epoch, fenced, 9000 + id));
    }

    void showBrokerIn(int id, String rack) {
        show(new BrokerImage(
                id, new UUID(id, 1), 1, rack, List.of(new Endpoint("internal", "host-" + id, 9000 + id)), false));
    }

    void showReplicas(String topic, int partition, List<Integer> replicas, List<Integer> inSync, int leader) {
        TopicId id = image.topic(topic).orElseThrow().topicId();
        show(new PartitionImage(id, partition, replicas, inSync, leader, 0, 1));
    }

    void showBrokerAt(int id, long epoch, int port) {
        show(broker(id, epoch, false, port));
    }

    private static BrokerImage broker(int id, long epoch, boolean fenced, int port) {
        return new BrokerImage(
                id, new UUID(id, epoch), epoch, null, List.of(new Endpoint("internal", "host-" + id, port)), fenced);
    }

    void forgetBroker(int id) {
        commit(List.of(new MetadataChange.Removed(new MetadataKey.Broker(id))));
    }

    /** A topic with a partition for each leader. */
    void showTopic(String name, int... leaders) {
        TopicId id = new TopicId(new UUID(0, name.hashCode()));
        List<MetadataChange> changes = new ArrayList<>();
        for (int i = 0; i < leaders.length; i++) {
            changes.add(new MetadataChange.Put(partition(id, i, leaders[i], 0)));
        }
        changes.add(new MetadataChange.Put(new TopicRecord(id, name, leaders.length, 1, Map.of())));
        commit(changes);
    }

    void showLeader(String topic, int partition, int leader, int epoch) {
        show(partition(image.topic(topic).orElseThrow().topicId(), partition, leader, epoch));
    }

    private static PartitionImage partition(TopicId topic, int partition, int leader, int epoch) {
        return new PartitionImage(topic, partition, List.of(0), List.of(0), leader, epoch, epoch);
    }

    private void show(MetadataRecord fact) {
        commit(List.of(new MetadataChange.Put(fact)));
    }

    private void commit(List<MetadataChange> changes) {
        ClusterDelta delta = new ClusterDelta(image.version() + 1, CONTROLLER_EPOCH, changes);
        image = image.apply(delta);
        List.copyOf(listeners).forEach(listener -> listener.onDelta(delta, image));
    }

    @Override
    public Subscription watch(MetadataListener listener) {
        listeners.add(listener);
        listener.onSnapshot(image);
        return () -> listeners.remove(listener);
    }

    @Override
    public ClusterImage image() {
        return image;
    }
}
