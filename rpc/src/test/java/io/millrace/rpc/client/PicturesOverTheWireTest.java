package io.millrace.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.millrace.core.api.BrokerHeartbeat;
import io.millrace.core.api.BrokerRegistration;
import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.twin.ForwardingController;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.core.model.Endpoint;
import io.millrace.internal.v1.ActiveController;
import io.millrace.internal.v1.ControllerServiceGrpc;
import io.millrace.internal.v1.FindControllerRequest;
import io.millrace.internal.v1.FindControllerResponse;
import io.millrace.internal.v1.MetadataRecord;
import io.millrace.internal.v1.RegisterBrokerRequest;
import io.millrace.internal.v1.RegisterBrokerResponse;
import io.millrace.internal.v1.TopicResponse;
import io.millrace.internal.v1.WatchMetadataRequest;
import io.millrace.internal.v1.WatchMetadataResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PicturesOverTheWireTest extends ControllersOfTest {
    @BeforeEach
    void begin() {
        first.decides(1);
    }

    @Test
    void watchersShareOneSnapshot() throws Exception {
        for (int i = 0; i < 100; i++) {
            done(memory.createTopic(topic("topic-" + i)));
        }

        List<ControllerClient> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(clientOf(firstProcess));
        }
        awaitUntil(
                "every picture",
                () -> clients.stream().allMatch(client -> client.image().equals(memory.image())));
        done(memory.createTopic(topic("one-more")));
        clients.add(clientOf(firstProcess));
        awaitUntil(
                "every picture",
                () -> clients.stream().allMatch(client -> client.image().equals(memory.image())));

        assertThat(firstProcess.snapshotsMade()).isEqualTo(1);
        awaitUntil("all of them to be counted", () -> firstProcess.watchers() == 6);
        awaitUntil("no lag", () -> firstProcess.watchersLag() == 0);
    }

    @Test
    void oneRemoteWatchServesAllListeners() throws Exception {
        ControllerClient client = clientOf(firstProcess);
        List<Watcher> watchers = List.of(new Watcher(), new Watcher(), new Watcher());

        watchers.forEach(client::watch);
        awaitUntil("snapshots", () -> watchers.stream().allMatch(watcher -> watcher.last() != null));
        done(memory.createTopic(topic("orders")));
        awaitUntil(
                "deltas",
                () -> watchers.stream().allMatch(watcher -> memory.image().equals(watcher.last())));

        assertThat(watchers)
                .allSatisfy(
                        watcher -> assertThat(watcher.steps).hasSize(2).first().isEqualTo("snapshot"));
        assertThat(first.watches).hasValue(1);
    }

    @Test
    void aWatcherThatLagsGetsAsnapshotAndMissesNothing() throws Exception {
        ControllerClient client = clientOf(firstProcess);
        Watcher slow = new Watcher();
        client.watch(slow);
        awaitUntil("the snapshot", () -> slow.last() != null);
        ControllerClient quick = clientOf(firstProcess);
        awaitUntil("a picture", () -> quick.image().equals(memory.image()));

        slow.pause();
        done(memory.createTopic(topic("orders")));
        slow.awaitPaused();
        // More than every buffer on the way takes, the window of the connection included, which grows to 8 MiB.
        for (int i = 0; i < 300; i++) {
            done(memory.createTopic(new CreateTopicRequest("wide", 1_000, 1, Map.of(), false)));
            done(memory.deleteTopic("wide"));
        }
        awaitUntil("the picture of the quick one", () -> quick.image().equals(memory.image()));
        awaitUntil("the lag to show", () -> firstProcess.watchersLag() > 0);
        slow.goOn();

        awaitUntil("the last picture", () -> memory.image().equals(slow.last()));
        assertThat(slow.problems).isEmpty();
        assertThat(slow.steps).contains("snapshot", "delta");
        assertThat(slow.steps.stream().filter("snapshot"::equals).count()).isGreaterThan(1);
    }

    @Test
    void aWatchGoesOnWhereItWasWhenNothingHappenedMeanwhile() throws Exception {
        ControllerClient client = clientOf(firstProcess);
        Watcher watcher = new Watcher();
        client.watch(watcher);
        awaitUntil("the snapshot", () -> watcher.last() != null);

        firstProcess.stop();
        ControllerProcess again = restarted(first, firstProcess);
        awaitUntil("the second watch", () -> first.watches.get() == 2);
        done(memory.createTopic(topic("orders")));

        awaitUntil("the delta", () -> memory.image().equals(watcher.last()));
        assertThat(watcher.steps).containsExactly("snapshot", "delta");
        assertThat(again.snapshotsMade()).isZero();
    }

    @Test
    void aWatchThatMissedSomethingGetsThePictureAsAwhole() throws Exception {
        ControllerClient client = clientOf(firstProcess);
        Watcher watcher = new Watcher();
        client.watch(watcher);
        awaitUntil("the snapshot", () -> watcher.last() != null);

        firstProcess.stop();
        done(memory.createTopic(topic("orders")));
        done(memory.createTopic(topic("payments")));
        restarted(first, firstProcess);

        awaitUntil("the picture", () -> memory.image().equals(watcher.last()));
        assertThat(watcher.steps).containsExactly("snapshot", "snapshot");
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheOthers() throws Exception {
        ControllerClient client = clientOf(firstProcess);
        client.watch(new MetadataListener() {
            @Override
            public void onSnapshot(ClusterImage image) {
                throw new IllegalStateException("a bug of this test's listener");
            }

            @Override
            public void onDelta(ClusterDelta delta, ClusterImage after) {
                throw new IllegalStateException("a bug of this test's listener");
            }
        });
        Watcher watcher = new Watcher();
        client.watch(watcher);

        done(client.createTopic(topic("orders")));
        done(client.createTopic(topic("payments")));

        awaitUntil("the picture", () -> memory.image().equals(watcher.last()));
        assertThat(watcher.problems).isEmpty();
    }

    @Test
    void anotherClusterIsRefusedAndTheOldPictureKept() throws Exception {
        ControllerClient client = clientOf(firstProcess);
        awaitUntil("the picture", () -> client.image().equals(memory.image()));
        ClusterImage ours = client.image();

        firstProcess.stop();
        InMemoryController foreign = new InMemoryController();
        CastController impostor = new CastController(first.id(), new ForwardingController(foreign) {
            @Override
            public ClusterImage image() {
                return ClusterImage.empty("another-cluster");
            }
        });
        impostor.decides(9);
        restarted(impostor, firstProcess);

        assertThat(refusal(client.heartbeat(new BrokerHeartbeat(0, 1, 1, false))))
                .isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(refusal(client.createTopic(topic("orders")))).isInstanceOf(Refusal.ControllerNotAvailable.class);
        assertThat(impostor.heartbeats).isEmpty();
        assertThat(impostor.creations).isEmpty();
        assertThat(client.image()).isSameAs(ours);
    }

    @Test
    void aControllerWhosePictureCannotBeReadHarmsNobody() throws Exception {
        AtomicInteger watches = new AtomicInteger();
        Server hostile = ControllerProcess.listen(
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                new HostileController(watches));
        try {
            ControllerAddress address = new ControllerAddress("127.0.0.1", hostile.getPort());
            try (ControllerClient client =
                    new ControllerClient(List.of(address), null, IMPATIENT, new NettyControllerChannels(IMPATIENT))) {
                awaitUntil("several attempts", () -> watches.get() > HostileController.KINDS);

                assertThat(client.image()).isEqualTo(ClusterImage.empty(""));
                assertThat(refusal(client.deleteTopic("orders")).message()).contains("may have happened");
                assertThat(refusal(client.registerBroker(new BrokerRegistration(
                                0, null, new UUID(1, 2), null, List.of(new Endpoint("internal", "b", 1))))))
                        .isInstanceOf(Refusal.class);
            }
        } finally {
            hostile.shutdownNow();
        }
    }

    @Test
    void requestsThatMakeNoSenseAreRefusedByTheController() throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", firstProcess.address().port())
                .usePlaintext()
                .build();
        try {
            var stub = ControllerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
            RegisterBrokerResponse registration = stub.registerBroker(
                    RegisterBrokerRequest.newBuilder().setBrokerId(-1).build());
            TopicResponse topic = stub.createTopic(
                    io.millrace.internal.v1.CreateTopicRequest.newBuilder().build());
            WatchMetadataResponse picture = stub.watchMetadata(WatchMetadataRequest.newBuilder()
                            .setClusterId("another")
                            .setVersion(Long.MIN_VALUE)
                            .build())
                    .next();

            assertThat(registration.getRefusal().getInvalidRequest()).contains("16 bytes");
            assertThat(topic.getRefusal().hasInvalidTopicName()).isTrue();
            assertThat(picture.hasSnapshotPiece()).isTrue();
        } finally {
            channel.shutdownNow();
        }
    }

    /** Notes what it is shown, and gaps in it; can be made to wait. */
    private static final class Watcher implements MetadataListener {
        final List<String> steps = new CopyOnWriteArrayList<>();
        final List<String> problems = new CopyOnWriteArrayList<>();
        private final List<ClusterImage> pictures = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private final CountDownLatch paused = new CountDownLatch(1);

        @Override
        public void onSnapshot(ClusterImage image) {
            note("snapshot", image);
        }

        @Override
        public void onDelta(ClusterDelta delta, ClusterImage after) {
            if (!pictures.getLast().apply(delta).equals(after)) {
                problems.add("Delta " + delta.version() + " does not follow");
            }
            note("delta", after);
        }

        @Nullable
        ClusterImage last() {
            return pictures.isEmpty() ? null : pictures.getLast();
        }

        void pause() {
            gate = new CountDownLatch(1);
        }

        void awaitPaused() throws InterruptedException {
            assertThat(paused.await(20, TimeUnit.SECONDS)).isTrue();
        }

        void goOn() {
            gate.countDown();
        }

        private void note(String step, ClusterImage image) {
            CountDownLatch closed = gate;
            if (closed.getCount() > 0) {
                paused.countDown();
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            steps.add(step);
            pictures.add(image);
        }
    }

    /** Says that it decides, and answers nonsense. */
    private static final class HostileController extends ControllerServiceGrpc.ControllerServiceImplBase {
        static final int KINDS = 4;
        private final AtomicInteger watches;

        HostileController(AtomicInteger watches) {
            this.watches = watches;
        }

        @Override
        public void findController(FindControllerRequest request, StreamObserver<FindControllerResponse> to) {
            to.onNext(FindControllerResponse.newBuilder()
                    .setControllerId("hostile")
                    .setActive(ActiveController.newBuilder()
                            .setControllerId("hostile")
                            .setHost("127.0.0.1")
                            .setEpoch(1))
                    .build());
            to.onCompleted();
        }

        @Override
        public void deleteTopic(io.millrace.internal.v1.DeleteTopicRequest request, StreamObserver<TopicResponse> to) {
            to.onNext(TopicResponse.getDefaultInstance());
            to.onCompleted();
        }

        @Override
        public void registerBroker(RegisterBrokerRequest request, StreamObserver<RegisterBrokerResponse> to) {
            to.onNext(RegisterBrokerResponse.getDefaultInstance());
            to.onCompleted();
        }

        @Override
        public void watchMetadata(WatchMetadataRequest request, StreamObserver<WatchMetadataResponse> to) {
            WatchMetadataResponse.Builder nonsense = WatchMetadataResponse.newBuilder();
            switch (watches.getAndIncrement() % KINDS) {
                case 0 -> nonsense.getDeltaBuilder().setVersion(5);
                case 1 -> nonsense.getSnapshotPieceBuilder().setLast(true);
                case 2 ->
                    nonsense.getSnapshotPieceBuilder().setClusterId("c").addFacts(MetadataRecord.getDefaultInstance());
                default -> nonsense.getNotActiveBuilder().getActiveBuilder().setPort(-1);
            }
            to.onNext(nonsense.build());
        }
    }
}
