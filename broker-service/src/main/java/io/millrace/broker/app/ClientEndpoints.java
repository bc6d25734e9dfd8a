package io.millrace.broker.app;

import io.millrace.core.model.Endpoint;
import java.util.List;

/** Where clients get straight to this broker, as its process has a gateway too. The cluster hears of them when it registers. */
public record ClientEndpoints(List<Endpoint> endpoints) {
    /** A broker that only gateways elsewhere talk to. */
    static final ClientEndpoints NONE = new ClientEndpoints(List.of());

    public ClientEndpoints {
        endpoints = List.copyOf(endpoints);
    }
}
