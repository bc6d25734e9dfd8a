package io.millrace.controller.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.controller.node.ControllerNode;
import io.millrace.rpc.app.ListeningPort;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A controller on ZooKeeper; the bean of type ControllerApi is what others use. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ControllerProperties.class, ZooKeeperProperties.class})
public class ControllerConfiguration {
    @Bean
    ControllerMeters controllerMeters(ObjectProvider<MeterRegistry> registry) {
        return new ControllerMeters(registry.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    ZooKeeperMeters zooKeeperMeters(ControllerProcess process, ObjectProvider<MeterRegistry> registry) {
        return new ZooKeeperMeters(process.client(), registry.getIfAvailable(SimpleMeterRegistry::new));
    }

    /** Closed by its lifecycle, in the order of the process's parts. */
    @Bean(destroyMethod = "")
    ControllerProcess controllerProcess(
            ControllerProperties controller, ZooKeeperProperties zooKeeper, ControllerMeters meters) {
        return new ControllerProcess(controller, zooKeeper, meters);
    }

    /** Closed by its process, which also knows what to close after it. */
    @Bean(destroyMethod = "")
    ControllerNode controllerNode(ControllerProcess process, ControllerMeters meters) {
        meters.show(process.node());
        return process.node();
    }

    /** What it tells is called {@code controller} in health groups. */
    @Bean
    ControllerIndicator controllerHealthIndicator(ControllerNode node, ZooKeeperMeters zooKeeper) {
        return new ControllerIndicator(node::standing, node::outOfService, zooKeeper::isConnected);
    }

    @Bean
    ControllerLifecycle controllerLifecycle(ControllerProcess process, ObjectProvider<ListeningPort> port) {
        return new ControllerLifecycle(process, port.getIfAvailable(() -> ListeningPort.NONE));
    }
}
