package io.millrace.rpc.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.rpc.server.ControllerEndpoint;
import java.util.function.BooleanSupplier;

/** Shows who is connected with whom. */
public final class LinkMeters {
    private LinkMeters() {}

    /** For a controller whose picture others watch. */
    public static void watchers(MeterRegistry registry, ControllerEndpoint endpoint) {
        Gauge.builder("millrace.controller.watchers", endpoint, ControllerEndpoint::watchers)
                .description("Processes that watch the picture of this controller")
                .register(registry);
        Gauge.builder("millrace.controller.watchers.lag", endpoint, ControllerEndpoint::watchersLag)
                .description("Versions that the slowest of them has not been sent")
                .baseUnit("versions")
                .register(registry);
    }

    /** For a link to a broker; to be removed from the registry with the link. */
    public static Meter broker(MeterRegistry registry, int brokerId, BooleanSupplier connected) {
        return Gauge.builder("millrace.gateway.broker.connected", connected, link -> link.getAsBoolean() ? 1 : 0)
                .description("1 while there is a connection to the broker, 0 while there is none")
                .tag("broker", Integer.toString(brokerId))
                .strongReference(true)
                .register(registry);
    }
}
