package io.millrace.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.core.api.twin.InMemoryBroker;
import io.millrace.core.api.twin.InMemoryController;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.Randomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.core.environment.live.ThreadEventLoops;
import io.millrace.core.environment.simulated.SeededRandomness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** All that a front door needs behind it: a broker and a controller in memory, and the doors to the outside. */
@Configuration(proxyBeanMethods = false)
public class TwinCluster {
    private static final Logger LOG = LoggerFactory.getLogger(TwinCluster.class);

    @Bean
    InMemoryController controller() {
        return InMemoryController.withBroker();
    }

    @Bean
    ThreadEventLoops loops() {
        return new ThreadEventLoops("broker", 1, (thread, bug) -> LOG.error("A loop met a bug", bug));
    }

    @Bean
    InMemoryBroker broker(InMemoryController controller, ThreadEventLoops loops) {
        InMemoryBroker broker = new InMemoryBroker(loops.all().getFirst(), new SystemClock());
        broker.follow(controller);
        return broker;
    }

    @Bean
    Clock clock() {
        return new SystemClock();
    }

    @Bean
    Randomness randomness() {
        return new SeededRandomness(1);
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
