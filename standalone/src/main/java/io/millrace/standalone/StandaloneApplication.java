package io.millrace.standalone;

import io.millrace.broker.app.BrokerConfiguration;
import io.millrace.controller.app.ControllerConfiguration;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.Randomness;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.gateway.app.GatewayConfiguration;
import io.millrace.gateway.grpc.app.GrpcConfiguration;
import io.millrace.gateway.kafka.app.KafkaConfiguration;
import io.millrace.gateway.rest.app.RestConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The three services in one context; they meet as beans behind BrokerApi and ControllerApi. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    ControllerConfiguration.class,
    BrokerConfiguration.class,
    GatewayConfiguration.class,
    RestConfiguration.class,
    GrpcConfiguration.class,
    KafkaConfiguration.class
})
class StandaloneApplication {
    @Bean
    Clock clock() {
        return new SystemClock();
    }

    @Bean
    Randomness randomness() {
        return new SecureRandomness();
    }
}
