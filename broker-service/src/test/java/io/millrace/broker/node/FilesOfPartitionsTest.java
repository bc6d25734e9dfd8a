package io.millrace.broker.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.api.contract.BrokerApiQuestions;
import io.millrace.core.api.contract.SmallBatches;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.live.FileDisk;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.model.Acks;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How many files partitions keep open: what the limit of partitions in one process is reckoned from. */
@EnabledOnOs(OS.LINUX)
class FilesOfPartitionsTest extends BrokerApiQuestions {
    private static final int PARTITIONS = 20;

    private final ThreadEventLoops loops = new ThreadEventLoops("loop", 4, (thread, bug) -> bug.printStackTrace());
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final InMemoryController controller = new InMemoryController();

    @TempDir
    Path directory;

    private BrokerNode node;

    @BeforeEach
    void start() {
        node = newNode();
        await(node.start(SimulatedBroker.ENDPOINTS));
        createTopic("orders", PARTITIONS, Map.of());
    }

    @AfterEach
    void stop() {
        await(node.stop(Duration.ofSeconds(1)));
        loops.close();
        workers.shutdown();
    }

    @Test
    void anEmptyPartitionHasFourFilesOpen() throws IOException {
        assertThat(openFiles()).isLessThanOrEqualTo(4L * PARTITIONS);
    }

    @Test
    void aPartitionThatIsReadHasOneMore() throws IOException {
        appendToEach();
        assertThat(openFiles()).isLessThanOrEqualTo(4L * PARTITIONS);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(valuesIn(done(fetchNow(new TopicPartition("orders", partition), 0))))
                    .containsExactly("a");
        }

        assertThat(openFiles()).isLessThanOrEqualTo(5L * PARTITIONS);
    }

    @Test
    void aRestartKeepsNoMoreOfThemOpen() throws IOException {
        appendToEach();
        await(node.stop(Duration.ofSeconds(1)));
        assertThat(openFiles()).isZero();

        node = newNode();
        await(node.start(SimulatedBroker.ENDPOINTS));

        assertThat(openFiles()).isLessThanOrEqualTo(5L * PARTITIONS);
    }

    private BrokerNode newNode() {
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
        return new BrokerNode(SimulatedBroker.options(directory), environment, controller, BrokerObserver.NONE);
    }

    private void appendToEach() {
        List<AppendRequest.Part> parts = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> part(new TopicPartition("orders", partition), SmallBatches.of(1_000, "a")))
                .toList();
        await(broker().append(new AppendRequest(parts, Acks.ALL, LONG))).forEach(outcome -> done(outcome));
    }

    private long openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(this::isOurs).count();
        }
    }

    private boolean isOurs(Path descriptor) {
        try {
            Path target = Files.readSymbolicLink(descriptor);
            return target.startsWith(directory) && target.getNameCount() > directory.getNameCount() + 1;
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Override
    protected BrokerApi broker() {
        return node;
    }

    @Override
    protected void createTopic(String name, int partitions, Map<String, String> configs) {
        SimulatedBroker.createTopic(controller, name, partitions, configs);
        await(node.logDirectories());
    }

    @Override
    protected <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    protected void settle() {
        await(node.logDirectories());
    }
}
