package io.millrace.broker.replication.session;

import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.partitions.LeaderSurroundings;
import io.millrace.broker.partitions.LocalPartition;
import io.millrace.broker.partitions.PartitionHall;
import io.millrace.broker.partitions.PartitionObserver;
import io.millrace.broker.partitions.PartitionQuestions;
import io.millrace.broker.partitions.Partitions;
import io.millrace.broker.replication.follower.LeaderLinks;
import io.millrace.broker.replication.follower.LinkObserver;
import io.millrace.broker.replication.follower.LinkSurroundings;
import io.millrace.broker.replication.leader.AppendCommand;
import io.millrace.broker.replication.leader.InSyncWish;
import io.millrace.broker.replication.leader.KnownBrokers;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.StorageObserver;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.PartitionStatus;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.api.ReplicaStatus;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.environment.simulated.ManualClock;
import io.millrace.core.environment.simulated.ManualEventLoop;
import io.millrace.core.environment.simulated.SimulatedDisk;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicRecord;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Broker 0 with real partitions on two loops, whose followers are brokers 1 and 2. All of its partitions have all three for
 * replicas, in sync, and min.insync.replicas 2.
 */
final class LeaderRig {
    static final TopicId ORDERS = new TopicId(new UUID(0, 1));
    static final String CLUSTER = "cluster";
    static final long LEADER_BROKER_EPOCH = 50;
    static final int CONTROLLER_EPOCH = 1;

    final ManualClock clock = new ManualClock();
    final List<InSyncWish> wishes = new ArrayList<>();
    private final List<ManualEventLoop> loops = List.of(loop(), loop(), loop());
    private final Partitions partitions;
    private final ReplicaSessions sessions;
    private ClusterImage image = ClusterImage.empty(CLUSTER);

    LeaderRig(SessionLimits limits, int partitionCount) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(1);
        Path data = Path.of("/data");
        disk.createDirectories(data);
        EventLoop control = loops.getFirst();
        LogDirectory home =
                new LogDirectory(data, disk, clock, control, control::post, StorageObserver.NONE, failed -> {});
        partitions = new Partitions(
                0,
                List.of(home),
                new PartitionHall(
                        List.of(loops.get(1), loops.get(2)),
                        control,
                        control::post,
                        clock,
                        PartitionObserver.NONE,
                        nowNanos -> null,
                        Duration.ZERO,
                        new LeaderSurroundings(
                                () -> KnownBrokers.of(image),
                                (topic, partition, wish, answerTo) -> wishes.add(wish),
                                Duration.ofSeconds(10)),
                        new LeaderLinks(new LinkSurroundings(
                                0, () -> LEADER_BROKER_EPOCH, ReplicaPeers.NONE, List.of(control), LinkObserver.NONE)),
                        (reason, topic, partition) -> CompletableFuture.completedFuture(true),
                        ProducerLimits.DEFAULTS));
        sessions = new ReplicaSessions(
                new ReplicaSessions.Self(CLUSTER, 0, () -> LEADER_BROKER_EPOCH),
                () -> KnownBrokers.of(image),
                partitions,
                limits);
        List<MetadataChange> changes =
                new ArrayList<>(List.of(broker(0, 50, false), broker(1, 51, false), broker(2, 52, false)));
        changes.add(new MetadataChange.Put(
                new TopicRecord(ORDERS, "orders", partitionCount, 3, Map.of("min.insync.replicas", "2"))));
        for (int number = 0; number < partitionCount; number++) {
            changes.add(partition(number, 0, 0, 0, 1, 2));
        }
        picture(changes.toArray(MetadataChange[]::new));
    }

    private ManualEventLoop loop() {
        return new ManualEventLoop(clock);
    }

    static MetadataChange broker(int brokerId, long epoch, boolean fenced) {
        return new MetadataChange.Put(
                new BrokerImage(brokerId, new UUID(brokerId, epoch), epoch, null, List.of(), fenced));
    }

    static MetadataChange partition(int number, int leaderEpoch, int partitionEpoch, Integer... inSync) {
        return new MetadataChange.Put(new PartitionImage(
                ORDERS, number, List.of(0, 1, 2), List.of(inSync), inSync[0], leaderEpoch, partitionEpoch));
    }

    void picture(MetadataChange... changes) {
        ClusterDelta delta = new ClusterDelta(image.version() + 1, CONTROLLER_EPOCH, List.of(changes));
        image = image.apply(delta);
        var _ = partitions.take(delta, image);
        sessions.pictureChanged();
        settle();
    }

    /** A session of the follower, as all is well. */
    TestFollower follower(int brokerId) {
        return follower(new ReplicaHello(CLUSTER, brokerId, 50 + brokerId, 0, LEADER_BROKER_EPOCH));
    }

    TestFollower follower(ReplicaHello hello) {
        TestFollower follower = new TestFollower(this);
        follower.session = sessions.open(hello, follower);
        settle();
        return follower;
    }

    LocalPartition partition(int number) {
        return partitions.named(new TopicPartition("orders", number)).orElseThrow();
    }

    /** How far the replica of that broker is in partition 0. */
    ReplicaStatus statusOf(int brokerId) {
        var asked = new PartitionQuestions(partition(0)).status();
        settle();
        PartitionStatus status = ((Outcome.Done<PartitionStatus>) asked.resultNow()).value();
        return status.replicas().get(brokerId);
    }

    /** Appends; the outcome comes into the list when there is one. */
    List<Outcome<Appended>> append(int number, Acks acks, String... values) {
        List<Outcome<Appended>> outcome = appendLater(number, acks, values);
        settle();
        return outcome;
    }

    List<Outcome<Appended>> appendLater(int number, Acks acks, String... values) {
        List<Outcome<Appended>> outcome = new ArrayList<>();
        partition(number)
                .append(new AppendCommand(
                        RecordBatch.at(SmallBatches.of(1_000, values)),
                        AppendRequest.ANY_EPOCH,
                        acks,
                        Long.MAX_VALUE,
                        outcome::add));
        return outcome;
    }

    void close() {
        sessions.close(new Refusal.ShuttingDown("The broker is stopping."));
        settle();
    }

    void pass(Duration time) {
        clock.advance(time);
        settle();
    }

    void settle() {
        while (loops.stream().anyMatch(loop -> !loop.isIdle())) {
            loops.forEach(ManualEventLoop::runUntilIdle);
        }
    }
}
