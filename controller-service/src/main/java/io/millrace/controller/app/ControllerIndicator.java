package io.millrace.controller.app;

import io.millrace.core.api.ControllerStanding;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells Boot's health whether this controller is of use: it decides, or it is connected to ZooKeeper and would take over, or
 * it knows who decides and says so. One that has lost ZooKeeper and goes on serving its picture is of use, too; one that has
 * given up is not.
 */
final class ControllerIndicator implements HealthIndicator {
    private final Supplier<ControllerStanding> standings;
    private final Supplier<@Nullable String> outOfService;
    private final BooleanSupplier zooKeeper;

    /**
     * An indicator that asks each time.
     *
     * @param outOfService why the controller has given up, or null
     * @param zooKeeper whether there is a connection to it
     */
    ControllerIndicator(
            Supplier<ControllerStanding> standings,
            Supplier<@Nullable String> outOfService,
            BooleanSupplier zooKeeper) {
        this.standings = standings;
        this.outOfService = outOfService;
        this.zooKeeper = zooKeeper;
    }

    @Override
    public Health health() {
        ControllerStanding standing = standings.get();
        boolean connected = zooKeeper.getAsBoolean();
        String why = outOfService.get();
        if (why == null && !connected && standing.active() == null) {
            why = "ZooKeeper is not reached and no controller is known to decide.";
        }
        Health.Builder verdict =
                why == null ? Health.up() : Health.outOfService().withDetail("reasons", List.of(why));
        verdict.withDetail("zookeeper", connected ? "connected" : "not connected");
        if (standing.suspended()) {
            verdict.withDetail("suspended", "ZooKeeper is lost; leases and the picture go on, nothing is decided.");
        }
        return verdict.build();
    }
}
