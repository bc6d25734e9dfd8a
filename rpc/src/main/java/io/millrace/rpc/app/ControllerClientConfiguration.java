package io.millrace.rpc.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.rpc.client.ControllerClient;
import io.millrace.rpc.client.ControllerClientOptions;
import io.millrace.rpc.client.NettyControllerChannels;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The controllers, for a process that is not one of them: a broker or a gateway. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ControllersProperties.class, ControllerClientProperties.class})
public class ControllerClientConfiguration {
    @Bean(destroyMethod = "close")
    ControllerClient controllerClient(
            ControllersProperties controllers,
            ControllerClientProperties properties,
            ObjectProvider<MeterRegistry> registry) {
        ControllerClientOptions options = properties.options();
        MeterRegistry meters = registry.getIfAvailable(SimpleMeterRegistry::new);
        return new ControllerClient(
                controllers.addresses(),
                null,
                options,
                new NettyControllerChannels(options, RpcMeters.client(meters, "controllers")));
    }
}
