package io.millrace.gateway.app;

import io.millrace.gateway.health.ClusterHealth;
import io.millrace.gateway.health.HealthReport;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Tells Boot's health, and by it probes and the gRPC health service, whether there is any use in sending requests here. */
final class ServingIndicator implements HealthIndicator {
    private final ClusterHealth health;

    ServingIndicator(ClusterHealth health) {
        this.health = health;
    }

    /** Waits for the check, which bounds itself. */
    @Override
    public Health health() {
        HealthReport report = health.check().join();
        Health.Builder verdict = report.serving() ? Health.up() : Health.outOfService();
        return report.healthy()
                ? verdict.build()
                : verdict.withDetail("reasons", report.reasons()).build();
    }
}
