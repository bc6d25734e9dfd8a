package io.millrace.controller.app;

import io.millrace.core.api.ControllerApi;
import io.millrace.core.api.ControllerStanding;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells Boot's health whether this controller is of use: it decides, or it is connected to ZooKeeper and would take over, or
 * it knows who decides and says so. One that has lost ZooKeeper and goes on serving its picture is of use, too.
 */
final class ControllerIndicator implements HealthIndicator {
    private final ControllerApi controller;
    private final ZooKeeperMeters zooKeeper;

    ControllerIndicator(ControllerApi controller, ZooKeeperMeters zooKeeper) {
        this.controller = controller;
        this.zooKeeper = zooKeeper;
    }

    @Override
    public Health health() {
        ControllerStanding standing = controller.standing();
        boolean connected = zooKeeper.isConnected();
        boolean useful = connected || standing.active() != null;
        Health.Builder verdict = useful ? Health.up() : Health.outOfService();
        verdict.withDetail("zookeeper", connected ? "connected" : "not connected");
        if (standing.suspended()) {
            verdict.withDetail("suspended", "ZooKeeper is lost; leases and the picture go on, nothing is decided.");
        }
        return useful
                ? verdict.build()
                : verdict.withDetail("reasons", "ZooKeeper is not reached and no controller is known to decide.")
                        .build();
    }
}
