package io.millrace.gateway;

import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.ElectLeadersRequest;
import io.millrace.core.api.LogDirectoryDetail;
import io.millrace.core.api.LogDirectoryStatus;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionChanged;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.ReassignPartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaStatus;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.api.twin.UnaskedBroker;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.MetadataRecord;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Endpoint;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A controller that shows brokers 1 to 4, in racks a, b, c and none, of which 4 is down, and the topic "orders", which wants
 * two replicas in sync:
 *
 * <ul>
 *   <li>partition 0 is well, on 1, 2 and 3;
 *   <li>partition 1 moves from 1 and 2 to 2 and 3;
 *   <li>partition 2 has lost its replica on 4, is led by 2 instead of its first replica, 4, and 3 is not in sync;
 *   <li>partition 3 has no leader, and nobody is known to hold all of it.
 * </ul>
 *
 * It does at once what it is asked to.
 */
public final class ReplicatedCluster extends ForwardingController {
    /** Bytes a second that the move of partition 1 may take. */
    public static final long THROTTLE = 5_000_000;

    private static final TopicId ORDERS = new TopicId(new UUID(1, 2));

    /** What was asked for. */
    public final List<Object> asked = new CopyOnWriteArrayList<>();

    private final List<MetadataListener> listeners = new CopyOnWriteArrayList<>();
    private volatile ClusterImage image = ClusterImage.empty("cluster");

    public ReplicatedCluster() {
        super(new InMemoryController());
        List<MetadataRecord> records = new ArrayList<>(
                List.of(broker(1, "a", false), broker(2, "b", false), broker(3, "c", false), broker(4, null, true)));
        records.add(partition(0, List.of(1, 2, 3), List.of(1, 2, 3), List.of(), 1, null));
        records.add(partition(
                1, List.of(2, 3, 1), List.of(1, 2), List.of(), 2, new Reassignment(List.of(3), List.of(1), THROTTLE)));
        records.add(partition(2, List.of(4, 2, 3), List.of(2), List.of(3), 2, null));
        records.add(partition(3, List.of(3, 4), List.of(), List.of(), PartitionImage.NO_LEADER, null));
        records.add(new TopicRecord(ORDERS, "orders", 4, 3, Map.of("min.insync.replicas", "2")));
        commit(records);
    }

    /** Brokers that tell the state of what has a leader: 1,000 offsets in 8,000 bytes; 3 has a quarter of partition 1. */
    public UnaskedBroker brokers() {
        return new UnaskedBroker() {
            @Override
            public CompletableFuture<List<Outcome<PartitionStatus>>> describe(DescribePartitionsRequest request) {
                return CompletableFuture.completedFuture(request.partitions().stream()
                        .map(ReplicatedCluster.this::status)
                        .toList());
            }

            @Override
            public CompletableFuture<List<LogDirectoryStatus>> logDirectories(LogDirectoryDetail detail) {
                return CompletableFuture.completedFuture(List.of());
            }
        };
    }

    private Outcome<PartitionStatus> status(TopicPartition name) {
        PartitionImage partition = image.partition(name).orElseThrow();
        if (partition.leader() == PartitionImage.NO_LEADER) {
            return Outcome.refused(new Refusal.LeaderNotAvailable(name));
        }
        List<ReplicaStatus> replicas = partition.replicas().stream()
                .map(broker -> {
                    boolean inSync = partition.inSyncReplicas().contains(broker);
                    return switch (broker) {
                        case 4 -> new ReplicaStatus(4, -1, -1, inSync, -1);
                        case 3 ->
                            name.partition() == 0
                                    ? new ReplicaStatus(3, 1_100, 1_100, inSync, 20)
                                    : new ReplicaStatus(3, 350, 340, inSync, 61_500);
                        default -> new ReplicaStatus(broker, 1_100, 1_100, inSync, 0);
                    };
                })
                .toList();
        return Outcome.done(new PartitionStatus(100, 1_100, 1_100, 1_100, 8_000, replicas));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> reassignPartitions(
            ReassignPartitionsRequest request) {
        asked.add(request);
        List<Outcome<PartitionChanged>> changes = request.parts().stream()
                .map(part -> part.target().isPresent()
                        ? moved(part.partition(), part.target().get(), request.bytesPerSecond())
                        : cancelled(part.partition()))
                .toList();
        return CompletableFuture.completedFuture(Outcome.done(changes));
    }

    @Override
    public CompletableFuture<Outcome<List<Outcome<PartitionChanged>>>> electLeaders(ElectLeadersRequest request) {
        asked.add(request);
        return CompletableFuture.completedFuture(Outcome.done(request.partitions().stream()
                .map(name -> changed(name, old -> with(old, old.replicas(), 3, old.reassignment())))
                .toList()));
    }

    private Outcome<PartitionChanged> moved(TopicPartition name, List<Integer> target, long throttle) {
        return changed(name, old -> {
            List<Integer> adding =
                    target.stream().filter(id -> !old.replicas().contains(id)).toList();
            List<Integer> removing =
                    old.replicas().stream().filter(id -> !target.contains(id)).toList();
            List<Integer> replicas = new ArrayList<>(target);
            replicas.addAll(removing);
            return with(old, replicas, old.leader(), new Reassignment(adding, removing, throttle));
        });
    }

    private Outcome<PartitionChanged> cancelled(TopicPartition name) {
        return image.partition(name).map(PartitionImage::reassignment).isEmpty()
                ? Outcome.refused(new Refusal.NoReassignmentInProgress("Partition " + name + " is not being moved."))
                : changed(name, old -> with(old, old.inSyncReplicas(), old.leader(), null));
    }

    private interface Change {
        PartitionImage of(PartitionImage old);
    }

    private Outcome<PartitionChanged> changed(TopicPartition name, Change change) {
        PartitionImage next = change.of(image.partition(name).orElseThrow());
        commit(List.of(next));
        return Outcome.done(new PartitionChanged(name, next));
    }

    private static PartitionImage with(
            PartitionImage old, List<Integer> replicas, int leader, @Nullable Reassignment reassignment) {
        return new PartitionImage(
                old.topicId(),
                old.partition(),
                replicas,
                old.inSyncReplicas(),
                old.eligibleReplicas(),
                leader,
                leader == old.leader() ? old.leaderEpoch() : old.leaderEpoch() + 1,
                old.partitionEpoch() + 1,
                old.committedFloor(),
                reassignment);
    }

    private static BrokerImage broker(int id, @Nullable String rack, boolean fenced) {
        List<Endpoint> endpoints = List.of(new Endpoint("internal", "broker-" + id, 19092));
        return new BrokerImage(id, new UUID(0, id), 1, rack, endpoints, fenced);
    }

    private static PartitionImage partition(
            int number,
            List<Integer> replicas,
            List<Integer> inSync,
            List<Integer> eligible,
            int leader,
            @Nullable Reassignment reassignment) {
        return new PartitionImage(ORDERS, number, replicas, inSync, eligible, leader, 7, 1, 0, reassignment);
    }

    private void commit(List<? extends MetadataRecord> records) {
        List<MetadataChange> changes = new ArrayList<>();
        records.forEach(record -> changes.add(new MetadataChange.Put(record)));
        ClusterDelta delta = new ClusterDelta(image.version() + 1, 1, changes);
        ClusterImage after = image.apply(delta);
        image = after;
        listeners.forEach(listener -> listener.onDelta(delta, after));
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
