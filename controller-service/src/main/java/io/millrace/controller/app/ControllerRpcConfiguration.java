package io.millrace.controller.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.millrace.controller.node.ControllerNode;
import io.millrace.rpc.app.LinkMeters;
import io.millrace.rpc.app.RpcMeters;
import io.millrace.rpc.app.RpcServer;
import io.millrace.rpc.app.RpcServerProperties;
import io.millrace.rpc.server.ControllerEndpoint;
import io.millrace.rpc.server.ControllerEndpointOptions;
import io.millrace.rpc.server.ServerSetUp;
import io.millrace.rpc.transport.NetworkThreads;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves the controller of this process to brokers and gateways in others. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RpcServerProperties.class)
class ControllerRpcConfiguration {
    @Bean
    NetworkThreads networkThreads(RpcServerProperties properties) {
        return new NetworkThreads("rpc", properties.networkThreads());
    }

    @Bean
    ControllerEndpoint controllerEndpoint(ControllerNode node, ControllerProperties properties) {
        return new ControllerEndpoint(node, properties.memberId(), ControllerEndpointOptions.DEFAULTS);
    }

    @Bean
    MeterBinder watcherGauges(ControllerEndpoint endpoint) {
        return registry -> LinkMeters.watchers(registry, endpoint);
    }

    @Bean
    RpcServer rpcServer(
            ControllerProperties controller,
            RpcServerProperties properties,
            ControllerEndpoint endpoint,
            NetworkThreads networkThreads,
            MeterRegistry meters) {
        return new RpcServer(
                controller.host(),
                controller.port(),
                builder -> new ServerSetUp(List.of(endpoint), properties.limits(), networkThreads)
                        .apply(builder)
                        .addStreamTracerFactory(RpcMeters.server(meters)),
                endpoint::close);
    }
}
