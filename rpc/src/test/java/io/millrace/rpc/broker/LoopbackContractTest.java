package io.millrace.rpc.broker;

import io.millrace.core.api.BrokerApi;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class LoopbackContractTest extends RemoteContract {
    private final TwinBroker twin = new TwinBroker();
    private final ServedBroker served = new ServedBroker(twin.broker());
    private final Clients clients = new Clients();
    private final BrokerApi client = clients.to(served.port());

    @AfterEach
    void stop() {
        clients.close();
        served.close();
        twin.close();
    }

    @Override
    protected BrokerApi broker() {
        return client;
    }

    @Override
    protected void createTopic(String name, int partitions, Map<String, String> configs) {
        twin.createTopic(name, partitions, configs);
    }
}
