package io.millrace.node;

import io.millrace.broker.app.BrokerConfiguration;
import io.millrace.broker.app.BrokerProperties;
import io.millrace.broker.app.BrokerRpcConfiguration;
import io.millrace.broker.app.ClientEndpoints;
import io.millrace.broker.node.BrokerNode;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.Randomness;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.gateway.app.GatewayConfiguration;
import io.millrace.gateway.app.RemoteConfiguration;
import io.millrace.gateway.grpc.app.GrpcConfiguration;
import io.millrace.gateway.kafka.app.KafkaConfiguration;
import io.millrace.gateway.kafka.app.KafkaProperties;
import io.millrace.gateway.remote.LocalBroker;
import io.millrace.gateway.rest.app.RestConfiguration;
import io.millrace.process.BackgroundStart;
import io.millrace.process.PartStart;
import io.millrace.process.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * A broker with a gateway of its own. Its gateway serves any request as every other does; what the own broker leads, it gets
 * without a network between them, and Kafka clients are told that they find this broker here.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    BrokerConfiguration.class,
    BrokerRpcConfiguration.class,
    RemoteConfiguration.class,
    GatewayConfiguration.class,
    RestConfiguration.class,
    GrpcConfiguration.class,
    KafkaConfiguration.class
})
public class NodeMain {
    private static final String SERVICE = "millrace-node";

    /** Runs until the process is asked to stop. */
    public static void main(String[] arguments) {
        ServiceProcess.run(SERVICE, NodeMain.class, arguments);
    }

    @Bean
    Clock clock() {
        return new SystemClock();
    }

    @Bean
    Randomness randomness() {
        return new SecureRandomness();
    }

    @Bean
    PartStart partStart() {
        return new BackgroundStart(SERVICE);
    }

    @Bean
    LocalBroker localBroker(BrokerProperties properties, BrokerNode broker) {
        return new LocalBroker(properties.id(), broker);
    }

    @Bean
    ClientEndpoints clientEndpoints(BrokerProperties broker, KafkaProperties kafka) {
        return new ClientEndpoints(kafka.endpointsOf(broker.id()));
    }
}
