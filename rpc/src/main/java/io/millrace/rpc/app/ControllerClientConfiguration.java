package io.millrace.rpc.app;

import io.millrace.rpc.client.ControllerClient;
import io.millrace.rpc.client.ControllerClientOptions;
import io.millrace.rpc.client.NettyControllerChannels;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The controllers, for a process that is not one of them: a broker or a gateway. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ControllersProperties.class, ControllerClientProperties.class})
public class ControllerClientConfiguration {
    @Bean(destroyMethod = "close")
    ControllerClient controllerClient(ControllersProperties controllers, ControllerClientProperties properties) {
        ControllerClientOptions options = properties.options();
        return new ControllerClient(controllers.addresses(), null, options, new NettyControllerChannels(options));
    }
}
