package io.millrace.broker.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.broker.node.BrokerNode;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.process.PartStart;
import io.millrace.rpc.app.ListeningPort;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A broker in this process. Wants a {@link ControllerApi} and a meter registry, an {@link ListeningPort} when other
 * processes are to reach it, {@link ReplicaPeers} when there are other brokers, and {@link ClientEndpoints} when its process has a
 * gateway; gives the broker, started and stopped.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BrokerProperties.class, BrokerMetricsProperties.class})
public class BrokerConfiguration {
    @Bean
    BrokerThreads brokerThreads(BrokerProperties properties) {
        return new BrokerThreads(properties);
    }

    @Bean
    BrokerMeters brokerMeters(
            MeterRegistry registry,
            BrokerMetricsProperties metrics,
            BrokerProperties properties,
            ControllerApi controller) {
        return BrokerMeters.in(registry, metrics, new SystemClock(), properties.id(), controller::image);
    }

    @Bean
    BrokerNode brokerNode(
            BrokerProperties properties,
            BrokerThreads threads,
            ControllerApi controller,
            ObjectProvider<ReplicaPeers> peers,
            MeterRegistry registry,
            BrokerMeters meters) {
        BrokerNode node = new BrokerNode(
                properties.options(),
                threads.environment(peers.getIfAvailable(() -> ReplicaPeers.NONE)),
                controller,
                new BrokerReporter(meters));
        new DirectoryGauges(node).bindTo(registry, properties.options().logDirectories());
        new PartitionGauges(properties.id(), controller::image).bindTo(registry);
        return node;
    }

    /** What it tells is called {@code broker} in health groups. */
    @Bean
    BrokerIndicator brokerHealthIndicator(BrokerNode node, BrokerMeters meters) {
        MembershipMeters membership = meters.membership();
        return new BrokerIndicator(
                membership::isRegistered, membership::isServing, node::logDirectories, meters.damage()::partitions);
    }

    @Bean
    BrokerLifecycle brokerLifecycle(
            BrokerNode node,
            BrokerProperties properties,
            ObjectProvider<ListeningPort> port,
            ObjectProvider<ClientEndpoints> clients,
            ObjectProvider<PartStart> starting) {
        return new BrokerLifecycle(
                node,
                properties,
                port.getIfAvailable(() -> ListeningPort.NONE),
                clients.getIfAvailable(() -> ClientEndpoints.NONE),
                starting.getIfAvailable(() -> PartStart.AT_ONCE));
    }
}
