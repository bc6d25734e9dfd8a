package io.millrace.gateway.process;

import io.millrace.core.environment.Clock;
import io.millrace.core.environment.Randomness;
import io.millrace.core.environment.live.SecureRandomness;
import io.millrace.core.environment.live.SystemClock;
import io.millrace.gateway.app.GatewayConfiguration;
import io.millrace.gateway.app.RemoteConfiguration;
import io.millrace.gateway.grpc.app.GrpcConfiguration;
import io.millrace.gateway.kafka.app.KafkaConfiguration;
import io.millrace.gateway.rest.app.RestConfiguration;
import io.millrace.process.ServiceProcess;
import io.millrace.rpc.app.ControllerClientConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A gateway in a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    ControllerClientConfiguration.class,
    RemoteConfiguration.class,
    GatewayConfiguration.class,
    RestConfiguration.class,
    GrpcConfiguration.class,
    KafkaConfiguration.class
})
public class GatewayMain {
    /** Runs until the process is asked to stop. */
    public static void main(String[] arguments) {
        ServiceProcess.run("millrace-gateway", GatewayMain.class, arguments);
    }

    @Bean
    Clock clock() {
        return new SystemClock();
    }

    @Bean
    Randomness randomness() {
        return new SecureRandomness();
    }
}
