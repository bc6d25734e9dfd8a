package io.millrace.controller.app;

import io.millrace.controller.node.ControllerNode;
import io.millrace.rpc.app.RpcServer;
import io.millrace.rpc.server.ControllerEndpoint;
import io.millrace.rpc.server.ControllerEndpointOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves the controller of this process to brokers and gateways in others. */
@Configuration(proxyBeanMethods = false)
class ControllerRpcConfiguration {
    @Bean
    ControllerEndpoint controllerEndpoint(ControllerNode node, ControllerProperties properties) {
        return new ControllerEndpoint(node, properties.memberId(), ControllerEndpointOptions.DEFAULTS);
    }

    @Bean
    RpcServer rpcServer(ControllerProperties properties, ControllerEndpoint endpoint) {
        return new RpcServer(properties.host(), properties.port(), builder -> builder.addService(endpoint));
    }
}
