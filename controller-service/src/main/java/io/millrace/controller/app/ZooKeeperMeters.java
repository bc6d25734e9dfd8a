package io.millrace.controller.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;

/** How the connection to ZooKeeper fares, under Kafka's names where it has one. */
final class ZooKeeperMeters {
    private final CuratorFramework client;

    ZooKeeperMeters(CuratorFramework client, MeterRegistry registry) {
        this.client = client;
        Gauge.builder("millrace.controller.zookeeper.connected", () -> isConnected() ? 1 : 0)
                .description("1 while this process is connected to ZooKeeper")
                .register(registry);
        Counter disconnects = counter(registry, "zookeeperdisconnects", "Connections to ZooKeeper that broke");
        Counter expires = counter(registry, "zookeeperexpires", "Sessions of ZooKeeper lost");
        client.getConnectionStateListenable().addListener((ignored, state) -> count(state, disconnects, expires));
    }

    /** Says whether there is a connection now. */
    boolean isConnected() {
        return client.getZookeeperClient().isConnected();
    }

    private static void count(ConnectionState state, Counter disconnects, Counter expires) {
        switch (state) {
            case SUSPENDED -> disconnects.increment();
            case LOST -> expires.increment();
            case CONNECTED, RECONNECTED, READ_ONLY -> {}
        }
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("kafka.server.sessionexpirelistener." + name)
                .description(description)
                .register(registry);
    }
}
