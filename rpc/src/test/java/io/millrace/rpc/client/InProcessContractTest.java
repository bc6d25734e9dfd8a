package io.millrace.rpc.client;

import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.DescribePartitionsRequest;
import io.millrace.core.api.contract.BrokerApiContract;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.rpc.broker.Settings;
import io.millrace.rpc.server.BrokerEndpoint;
import io.millrace.rpc.server.ServerRoom;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class InProcessContractTest extends BrokerApiContract {
    private final ThreadEventLoops loops =
            new ThreadEventLoops("loop", 2, (thread, bug) -> bug.printStackTrace(System.err));
    private final InMemoryBroker twin = new InMemoryBroker(loops.all().get(0), new SystemClock());
    private final String name = UUID.randomUUID().toString();
    private final Server server = InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new BrokerEndpoint(
                    twin,
                    Settings.identity(Settings.BROKER),
                    new ServerRoom(Settings.SERVER, loops.all().get(1)),
                    Runnable::run))
            .build();
    private final BrokerClient client = new BrokerClient(
            new BrokerAddress(Settings.BROKER, "here", 0),
            () -> InProcessChannelBuilder.forName(name).directExecutor().build(),
            Settings.CLIENT,
            new ClientRoom(Settings.CLIENT, loops.all().get(1)));

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.shutdownNow();
        loops.close();
    }

    @Override
    protected BrokerApi broker() {
        return client;
    }

    @Override
    protected void createTopic(String topic, int partitions, Map<String, String> configs) {
        twin.createTopic(topic, partitions, configs);
        settle();
    }

    @Override
    protected <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    protected void settle() {
        await(client.describe(new DescribePartitionsRequest(List.of())));
    }
}
