package io.millrace.broker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.broker.node.BrokerNode;
import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ReplicaPeers;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.rpc.client.ReplicaClients;
import io.millrace.rpc.transport.NetworkThreads;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class ReplicationConfigurationTest {
    @TempDir
    Path data;

    @Test
    void aBrokerReachesOthersAndIsReachedByThem() {
        try (AnnotationConfigApplicationContext context = context()) {
            assertThat(context.getBean(ReplicaPeers.class)).isInstanceOf(ReplicaClients.class);
            assertThat(context.getBean(BrokerNode.class)).isNotNull();
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(registry));
            for (String as : new String[] {"leader", "follower"}) {
                assertThat(registry.get("millrace.broker.replica.sessions")
                                .tag("as", as)
                                .gauge()
                                .value())
                        .isZero();
                assertThat(registry.get("millrace.broker.replica.pulls")
                                .tag("as", as)
                                .functionCounter()
                                .count())
                        .isZero();
            }
        }
    }

    private AnnotationConfigApplicationContext context() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("millrace.broker.log-directories", data.toString())));
        context.registerBean(ControllerApi.class, () -> new InMemoryController());
        context.registerBean(MeterRegistry.class, () -> new SimpleMeterRegistry());
        context.registerBean("recordReading", ExecutorService.class, Executors::newVirtualThreadPerTaskExecutor);
        context.registerBean("networkThreads", NetworkThreads.class, () -> new NetworkThreads("test", 1));
        context.register(BrokerConfiguration.class, ReplicationConfiguration.class);
        context.refresh();
        return context;
    }
}
