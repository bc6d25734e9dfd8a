package io.millrace.rpc.client;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.contract.ControllerApiContract;
import io.millrace.core.api.twin.InMemoryController;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class LoopbackControllerContractTest extends ControllerApiContract {
    private final ControllerProcess process = ControllerProcess.start(new InMemoryController(), "controller-0");
    private final ControllerClient client = new ControllerClient(
            List.of(process.address()),
            null,
            ControllerClientOptions.DEFAULTS,
            new NettyControllerChannels(ControllerClientOptions.DEFAULTS));

    @Override
    protected ControllerApi controller() {
        return client;
    }

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        process.stop();
    }
}
