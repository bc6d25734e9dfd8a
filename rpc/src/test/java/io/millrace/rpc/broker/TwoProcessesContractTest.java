package io.millrace.rpc.broker;

import io.millrace.core.api.BrokerApi;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoProcessesContractTest extends RemoteContract {
    private final BrokerProcessHandle process = new BrokerProcessHandle("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private final Clients clients = new Clients();
    private final BrokerApi client = clients.to(process.port());

    @BeforeEach
    void startAnew() {
        process.freshBroker();
    }

    @AfterAll
    void stop() {
        clients.close();
        process.close();
    }

    @Override
    protected BrokerApi broker() {
        return client;
    }

    @Override
    protected void createTopic(String name, int partitions, Map<String, String> configs) {
        process.createTopic(name, partitions, configs);
    }
}
