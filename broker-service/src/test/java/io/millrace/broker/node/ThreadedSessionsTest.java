package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.broker.log.producers.ProducerLimits;
import io.millrace.broker.scrub.ScrubOptions;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaPull.Position;
import io.millrace.core.api.ReplicaPull.Wants;
import io.millrace.core.api.ReplicaSession;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.live.FileDisk;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.metadata.BrokerImage;
import io.millrace.core.metadata.MetadataChange;
import io.millrace.core.metadata.PartitionImage;
import io.millrace.core.metadata.TopicImage;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordBatch;
import io.millrace.core.records.RecordBatches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A follower in the same process, with threads: nothing gets lost, nor out of order, nor stuck at a window that is full. */
class ThreadedSessionsTest {
    private static final int PARTITIONS = 6;
    private static final int RECORDS = 400;
    private static final long FOLLOWER_EPOCH = 99;

    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private final ThreadEventLoops loops = new ThreadEventLoops("loop", 4, (thread, bug) -> bugs.add(bug));
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final StagedController controller = new StagedController();

    @TempDir
    Path directory;

    private @Nullable BrokerNode started;

    @BeforeEach
    void start() {
        BrokerEnvironment environment = new BrokerEnvironment(
                new SystemClock(),
                new SecureRandomness(),
                new FileDisk(),
                loops.all().get(0),
                loops.all().get(1),
                loops.all().subList(2, 4),
                workers,
                workers,
                ReplicaPeers.NONE);
        BrokerNode node = new BrokerNode(options(), environment, controller, BrokerObserver.NONE);
        started = node;
        await(node.start(SimulatedBroker.ENDPOINTS));
        SimulatedBroker.createTopic(controller, "orders", PARTITIONS, Map.of());
        List<MetadataChange> changes = new ArrayList<>();
        changes.add(new MetadataChange.Put(new BrokerImage(1, new UUID(0, 1), FOLLOWER_EPOCH, null, List.of(), false)));
        for (PartitionImage before : topic().partitions()) {
            changes.add(new MetadataChange.Put(new PartitionImage(
                    before.topicId(), before.partition(), List.of(0, 1), List.of(0, 1), 0, before.leaderEpoch(), 9)));
        }
        controller.change(changes.toArray(MetadataChange[]::new));
        await(node.logDirectories()); // the control loop has taken the picture by then
        await(node.describe(new DescribePartitionsRequest(List.of(new TopicPartition("orders", 0)))));
    }

    /** A window that is full after a few records. */
    private BrokerOptions options() {
        BrokerOptions usual = SimulatedBroker.options(directory);
        return new BrokerOptions(
                usual.brokerId(),
                usual.rack(),
                usual.logDirectories(),
                16 << 20,
                usual.heartbeatInterval(),
                usual.predecessorTimeout(),
                usual.retentionInterval(),
                usual.deletionGrace(),
                usual.replicaCheckpointInterval(),
                new LeadingOptions(Duration.ofSeconds(10), 2_000),
                ScrubOptions.DEFAULTS,
                ProducerLimits.DEFAULTS);
    }

    @AfterEach
    void stop() {
        await(node().stop(Duration.ofSeconds(1)));
        loops.close();
        workers.shutdown();
        assertThat(bugs).isEmpty();
    }

    @Test
    void everythingArrivesInOrderAndIsAcknowledged() {
        Follower follower = new Follower();
        follower.begin(node().open(
                        new ReplicaHello(InMemoryController.CLUSTER_ID, 1, FOLLOWER_EPOCH, 0, node().brokerEpoch()),
                        follower));

        List<CompletableFuture<?>> appends = new ArrayList<>();
        for (int record = 0; record < RECORDS; record++) {
            for (int number = 0; number < PARTITIONS; number++) {
                appends.add(node().append(new AppendRequest(
                        List.of(new AppendRequest.Part(
                                new TopicPartition("orders", number),
                                AppendRequest.ANY_EPOCH,
                                SmallBatches.of(1_000, "x".repeat(1_000)))),
                        Acks.ALL,
                        Duration.ofSeconds(30))));
            }
        }

        await(CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)));
        await(follower.hasAll);
        assertThat(follower.closed).isNull();
    }

    private BrokerNode node() {
        BrokerNode node = started;
        if (node == null) {
            throw new IllegalStateException("Not started");
        }
        return node;
    }

    private TopicImage topic() {
        return controller.image().topic("orders").orElseThrow();
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** It takes what comes for stored at once, and asks on. The listener is called by one thread at a time. */
    private final class Follower implements ReplicaListener {
        private final long[] ends = new long[PARTITIONS];
        private final CompletableFuture<ReplicaSession> session = new CompletableFuture<>();
        final CompletableFuture<Void> hasAll = new CompletableFuture<>();
        volatile @Nullable Refusal closed;

        void begin(ReplicaSession opened) {
            List<Position> all = new ArrayList<>();
            for (int number = 0; number < PARTITIONS; number++) {
                all.add(position(number));
            }
            session.complete(opened);
            opened.pull(new ReplicaPull(1, all));
        }

        private Position position(int number) {
            long end = ends[number];
            int epoch = end == 0 ? ReplicaPull.NO_EPOCH : 0;
            return new Position(topic().topicId(), number, 0, end, epoch, end, Wants.RECORDS);
        }

        @Override
        public void onParts(List<ReplicaPart> parts) {
            List<Position> next = new ArrayList<>();
            for (ReplicaPart part : parts) {
                if (part instanceof ReplicaPart.Records records) {
                    take(records);
                    next.add(position(part.partition()));
                }
            }
            session.join().pull(new ReplicaPull(1, next));
            if (isComplete()) {
                hasAll.complete(null);
            }
        }

        private void take(ReplicaPart.Records part) {
            try {
                for (RecordBatch batch : RecordBatches.in(part.records().read())) {
                    if (batch.baseOffset() != ends[part.partition()]) {
                        hasAll.completeExceptionally(new AssertionError("Partition " + part.partition() + " goes on at "
                                + batch.baseOffset() + " after " + ends[part.partition()]));
                    }
                    ends[part.partition()] = batch.nextOffset();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isComplete() {
            for (long end : ends) {
                if (end < RECORDS) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void onClosed(Refusal why) {
            closed = why;
        }
    }
}
