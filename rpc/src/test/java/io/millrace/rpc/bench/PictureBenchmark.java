package io.millrace.rpc.bench;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.millrace.core.api.AlterTopicConfigsRequest;
import io.millrace.core.api.ControllerApi.MetadataListener;
import io.millrace.core.api.CreateTopicRequest;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.metadata.ClusterDelta;
import io.millrace.core.metadata.ClusterImage;
import io.millrace.internal.v1.ClusterSnapshotPiece;
import io.millrace.rpc.client.ControllerAddress;
import io.millrace.rpc.client.ControllerClient;
import io.millrace.rpc.client.ControllerClientOptions;
import io.millrace.rpc.client.NettyControllerChannels;
import io.millrace.rpc.server.ControllerEndpoint;
import io.millrace.rpc.server.ControllerEndpointOptions;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.SnapshotAssembly;
import io.millrace.rpc.wire.SnapshotPieces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Microseconds from a change to the moment when the last of {@value #WATCHERS} watchers has heard it, each over a TCP
 * connection of its own, at {@value #TOPICS} topics of {@value #PARTITIONS} partitions; and the time to make and to read the
 * whole picture, whose size is printed. From the root of the project:
 *
 * <pre>./millrace jmh rpc Picture</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class PictureBenchmark {
    static final int WATCHERS = 50;
    static final int TOPICS = 10;
    static final int PARTITIONS = 1_000;
    private static final int PIECE_BYTES_MAX = ControllerEndpointOptions.DEFAULTS.pieceBytesMax();

    private final InMemoryController controller = InMemoryController.withBroker();
    private final ControllerEndpoint endpoint =
            new ControllerEndpoint(controller, "controller-0", ControllerEndpointOptions.DEFAULTS);
    private final List<ControllerClient> clients = new ArrayList<>();
    private final Arrivals arrivals = new Arrivals();
    private List<ClusterSnapshotPiece> pieces = List.of();
    private long changes;
    private Server server = NettyServerBuilder.forPort(0).build();

    @Setup(Level.Trial)
    public void start() throws IOException, InterruptedException {
        for (int i = 0; i < TOPICS; i++) {
            done(controller
                    .createTopic(new CreateTopicRequest("topic-" + i, PARTITIONS, 1, Map.of(), false))
                    .join());
        }
        pieces = SnapshotPieces.encode(controller.image(), PIECE_BYTES_MAX);
        System.out.println("The whole picture has "
                + pieces.stream()
                        .mapToInt(ClusterSnapshotPiece::getSerializedSize)
                        .sum() + " bytes in "
                + pieces.size() + " pieces.");
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(endpoint)
                .build()
                .start();
        ControllerAddress address = new ControllerAddress("127.0.0.1", server.getPort());
        long begin = System.nanoTime();
        CountDownLatch everybody = arrivals.expect(controller.image().version());
        for (int i = 0; i < WATCHERS; i++) {
            ControllerClient client = new ControllerClient(
                    List.of(address),
                    null,
                    ControllerClientOptions.DEFAULTS,
                    new NettyControllerChannels(ControllerClientOptions.DEFAULTS));
            client.watch(arrivals);
            clients.add(client);
        }
        await(everybody);
        System.out.println(WATCHERS + " new watchers had the whole picture after "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms; it was serialised "
                + endpoint.snapshotsMade() + " time(s).");
    }

    @TearDown(Level.Trial)
    public void stop() throws InterruptedException {
        clients.forEach(ControllerClient::close);
        server.shutdownNow();
        server.awaitTermination(10, TimeUnit.SECONDS);
        endpoint.close();
    }

    /** A change of one topic's configuration. */
    @Benchmark
    public void changeReachesEveryWatcher() throws InterruptedException {
        CountDownLatch everybody = arrivals.expect(controller.image().version() + 1);
        changes++;
        done(controller
                .alterTopicConfigs(new AlterTopicConfigsRequest(
                        "topic-0", Map.of("retention.ms", Long.toString(changes)), List.of(), false))
                .join());
        await(everybody);
    }

    /** What one snapshot costs the controller, for however many watchers. */
    @Benchmark
    public List<ClusterSnapshotPiece> makeSnapshot() {
        return SnapshotPieces.encode(controller.image(), PIECE_BYTES_MAX);
    }

    /** What a snapshot costs each watcher. */
    @Benchmark
    public ClusterImage readSnapshot() throws MalformedMessageException {
        SnapshotAssembly assembly = new SnapshotAssembly();
        for (ClusterSnapshotPiece piece : pieces.subList(0, pieces.size() - 1)) {
            assembly.add(piece);
        }
        return assembly.add(pieces.getLast()).orElseThrow();
    }

    private static void await(CountDownLatch everybody) throws InterruptedException {
        if (!everybody.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Not every watcher heard the change");
        }
    }

    private static <T> void done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Refused<T>(var refusal)) {
            throw new IllegalStateException(refusal.message());
        }
    }

    /** Counts those who have heard of a version. */
    private static final class Arrivals implements MetadataListener {
        private volatile Expected expected = new Expected(-1, new CountDownLatch(0));

        private record Expected(long version, CountDownLatch watchers) {}

        CountDownLatch expect(long version) {
            expected = new Expected(version, new CountDownLatch(WATCHERS));
            return expected.watchers();
        }

        @Override
        public void onSnapshot(ClusterImage image) {
            heard(image.version());
        }

        @Override
        public void onDelta(ClusterDelta delta, ClusterImage after) {
            heard(after.version());
        }

        private void heard(long version) {
            Expected now = expected;
            if (now.version() == version) {
                now.watchers().countDown();
            }
        }
    }
}
