package io.millrace.broker.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.broker.node.BrokerNode;
import io.millrace.core.api.ControllerApi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A broker in this process. Wants a {@link ControllerApi} and a meter registry, and an {@link InternalAddress} when other
 * processes are to reach it; gives the broker, started and stopped.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokerProperties.class)
public class BrokerConfiguration {
    @Bean
    BrokerThreads brokerThreads(BrokerProperties properties) {
        return new BrokerThreads(properties);
    }

    @Bean
    BrokerNode brokerNode(
            BrokerProperties properties, BrokerThreads threads, ControllerApi controller, MeterRegistry registry) {
        BrokerNode node =
                new BrokerNode(properties.options(), threads.environment(), controller, new BrokerReporter(registry));
        new DirectoryGauges(node).bindTo(registry, properties.options().logDirectories());
        return node;
    }

    @Bean
    BrokerLifecycle brokerLifecycle(
            BrokerNode node, BrokerProperties properties, ObjectProvider<InternalAddress> address) {
        return new BrokerLifecycle(node, properties, address.getIfAvailable(() -> InternalAddress.NONE));
    }
}
