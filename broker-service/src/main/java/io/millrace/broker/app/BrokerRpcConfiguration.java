package io.millrace.broker.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.millrace.broker.node.BrokerNode;
import io.millrace.rpc.app.ControllerClientConfiguration;
import io.millrace.rpc.app.RoomMeters;
import io.millrace.rpc.app.RpcMeters;
import io.millrace.rpc.app.RpcServer;
import io.millrace.rpc.app.RpcServerProperties;
import io.millrace.rpc.server.BrokerEndpoint;
import io.millrace.rpc.server.BrokerIdentity;
import io.millrace.rpc.server.ReplicaEndpoint;
import io.millrace.rpc.server.ServerRoom;
import io.millrace.rpc.server.ServerSetUp;
import io.millrace.rpc.transport.NetworkThreads;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Serves the broker of this process to others, and finds the controllers for it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RpcServerProperties.class)
@Import({ControllerClientConfiguration.class, ReplicationConfiguration.class})
public class BrokerRpcConfiguration {
    @Bean
    NetworkThreads networkThreads(RpcServerProperties properties) {
        return new NetworkThreads("rpc", properties.networkThreads());
    }

    @Bean
    ServerRoom serverRoom(RpcServerProperties properties, BrokerThreads threads) {
        return new ServerRoom(properties.limits(), threads.control());
    }

    @Bean
    MeterBinder serverRoomGauges(ServerRoom room) {
        return registry -> RoomMeters.ofBroker(registry, room);
    }

    /** Where records are read from disk for other processes: a virtual thread each. */
    @Bean
    ExecutorService recordReading() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("rpc-read-", 0).factory());
    }

    @Bean
    RpcServer rpcServer(
            BrokerProperties broker,
            RpcServerProperties properties,
            BrokerEndpoint endpoint,
            ReplicaEndpoint replicas,
            NetworkThreads networkThreads,
            MeterRegistry meters) {
        return new RpcServer(
                broker.host(),
                broker.port(),
                builder -> new ServerSetUp(List.of(endpoint, replicas), properties.limits(), networkThreads)
                        .apply(builder)
                        .addStreamTracerFactory(RpcMeters.server(meters)),
                replicas::close);
    }

    @Bean
    BrokerEndpoint brokerEndpoint(
            BrokerNode node, BrokerProperties properties, ServerRoom room, ExecutorService recordReading) {
        return new BrokerEndpoint(node, new Identity(node, properties.id()), room, recordReading);
    }

    private record Identity(BrokerNode node, int brokerId) implements BrokerIdentity {
        @Override
        public @Nullable String clusterId() {
            return node.clusterId();
        }

        @Override
        public long brokerEpoch() {
            return node.brokerEpoch();
        }
    }
}
