package io.millrace.rpc.client;

import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.contract.ControllerApiContract;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.rpc.server.ControllerEndpoint;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

class InProcessControllerContractTest extends ControllerApiContract {
    private final String name = InProcessServerBuilder.generateName();
    private final ControllerEndpoint endpoint =
            new ControllerEndpoint(new InMemoryController(), "controller-0", ControllerProcess.QUICK);
    private final Server server = ControllerProcess.listen(InProcessServerBuilder.forName(name), endpoint);
    private final ControllerClient client = new ControllerClient(
            List.of(new ControllerAddress("nowhere", 1)),
            null,
            ControllerClientOptions.DEFAULTS,
            address -> InProcessChannelBuilder.forName(name).build());

    @Override
    protected ControllerApi controller() {
        return client;
    }

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        server.shutdownNow();
        server.awaitTermination(10, TimeUnit.SECONDS);
        endpoint.close();
    }
}
