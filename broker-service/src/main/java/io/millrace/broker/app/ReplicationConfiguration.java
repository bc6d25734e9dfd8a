package io.millrace.broker.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.millrace.broker.node.BrokerNode;
import io.millrace.rpc.app.ReplicaMeters;
import io.millrace.rpc.app.RpcClientProperties;
import io.millrace.rpc.app.RpcMeters;
import io.millrace.rpc.app.RpcReplicationProperties;
import io.millrace.rpc.client.ReplicaClients;
import io.millrace.rpc.server.ReplicaEndpoint;
import io.millrace.rpc.transport.NetworkThreads;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the broker of this process follow others, and others follow it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RpcReplicationProperties.class, RpcClientProperties.class})
class ReplicationConfiguration {
    /** Its own, so that what a follower takes in holds up nobody who asks this broker. */
    @Bean
    NetworkThreads followingThreads(RpcClientProperties properties) {
        return new NetworkThreads("rpc-follow", properties.networkThreads());
    }

    @Bean
    ReplicaClients replicaClients(
            RpcClientProperties properties,
            RpcReplicationProperties replication,
            NetworkThreads followingThreads,
            MeterRegistry meters) {
        return new ReplicaClients(
                properties.limits(),
                replication.options(),
                followingThreads,
                brokerId -> List.of(RpcMeters.client(meters, "broker-" + brokerId)));
    }

    @Bean
    ReplicaEndpoint replicaEndpoint(
            BrokerNode node,
            RpcReplicationProperties replication,
            ExecutorService recordReading,
            NetworkThreads networkThreads) {
        return new ReplicaEndpoint(node, replication.options(), recordReading, networkThreads.workers());
    }

    @Bean
    MeterBinder replicaSessions(ReplicaEndpoint endpoint, ReplicaClients clients) {
        return registry -> {
            ReplicaMeters.asLeader(registry, endpoint);
            ReplicaMeters.asFollower(registry, clients);
        };
    }
}
