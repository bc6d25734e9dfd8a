package io.millrace.rpc.app;

import io.millrace.rpc.client.ControllerAddress;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this process looks for the controllers of its cluster.
 *
 * @param controllers as host:port, any of which says who decides; one is enough, all of them are safer
 */
@ConfigurationProperties("millrace")
public record ControllersProperties(@DefaultValue List<String> controllers) {
    public ControllersProperties {
        controllers = List.copyOf(controllers);
        for (String controller : controllers) {
            parse(controller);
        }
    }

    List<ControllerAddress> addresses() {
        if (controllers.isEmpty()) {
            throw new IllegalArgumentException(
                    "millrace.controllers is empty: name the controllers of the cluster as host:port,host:port");
        }
        return controllers.stream().map(ControllersProperties::parse).toList();
    }

    private static ControllerAddress parse(String controller) {
        try {
            return ControllerAddress.parse(controller);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("millrace.controllers: " + e.getMessage(), e);
        }
    }
}
