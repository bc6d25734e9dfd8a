package io.millrace.broker.node;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.api.contract.BrokerApiContract;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.live.FileDisk;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ThreadedBrokerContractTest extends BrokerApiContract {
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private final ThreadEventLoops loops = new ThreadEventLoops("loop", 4, (thread, bug) -> bugs.add(bug));
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final InMemoryController controller = new InMemoryController();

    @TempDir
    Path directory;

    private BrokerNode node;

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
        node = new BrokerNode(SimulatedBroker.options(directory), environment, controller, BrokerObserver.NONE);
        await(node.start(SimulatedBroker.ENDPOINTS));
    }

    @AfterEach
    void stop() {
        await(node.stop(Duration.ofSeconds(1)));
        loops.close();
        workers.shutdown();
        Assertions.assertThat(bugs).isEmpty();
    }

    @Override
    protected BrokerApi broker() {
        return node;
    }

    @Override
    protected void createTopic(String name, int partitions, Map<String, String> configs) {
        SimulatedBroker.createTopic(controller, name, partitions, configs);
        // The control loop has taken the picture once it has answered a question that was asked later.
        await(node.logDirectories());
    }

    @Override
    protected <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    protected void settle() {
        await(node.describe(new DescribePartitionsRequest(List.of())));
    }
}
