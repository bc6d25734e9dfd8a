package io.millrace.broker.node;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.contract.BrokerApiContract;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.simulated.SimulatedDisk;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;

class SimulatedBrokerContractTest extends BrokerApiContract {
    private final InMemoryController controller = new InMemoryController();
    private final SimulatedBroker broker =
            new SimulatedBroker(1, new SimulatedDisk(1), controller, SimulatedBroker.DATA, SimulatedBroker.MORE_DATA);

    @BeforeEach
    void start() {
        broker.start();
    }

    @Override
    protected BrokerApi broker() {
        return broker.node();
    }

    @Override
    protected void createTopic(String name, int partitions, Map<String, String> configs) {
        SimulatedBroker.createTopic(controller, name, partitions, configs);
        broker.settle();
    }

    @Override
    protected <T> T await(CompletableFuture<T> future) {
        return broker.await(future);
    }

    @Override
    protected void settle() {
        broker.settle();
    }
}
