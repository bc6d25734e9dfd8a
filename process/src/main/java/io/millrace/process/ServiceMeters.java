package io.millrace.process;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.info.BuildProperties;

/** Which service runs here, in which version, and whether it is ready. Tells Millrace's processes from all others. */
final class ServiceMeters implements MeterBinder {
    private static final String READINESS = "readiness";

    private final String service;
    private final ObjectProvider<BuildProperties> build;
    private final ObjectProvider<HealthEndpoint> health;

    ServiceMeters(String service, ObjectProvider<BuildProperties> build, ObjectProvider<HealthEndpoint> health) {
        this.service = service;
        this.build = build;
        this.health = health;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("millrace.process", () -> 1)
                .description("Always 1; its labels say which service runs here, and in which version")
                .tag("service", service)
                .tag("version", version())
                .register(registry);
        Gauge.builder("millrace.ready", () -> isReady() ? 1 : 0)
                .description("1 while /health/readiness says that the process can do its part")
                .register(registry);
    }

    private String version() {
        BuildProperties known = build.getIfAvailable();
        String version = known == null ? null : known.getVersion();
        return version == null ? "unknown" : version;
    }

    private boolean isReady() {
        HealthEndpoint endpoint = health.getIfAvailable();
        HealthDescriptor readiness = endpoint == null ? null : endpoint.healthForPath(READINESS);
        return readiness != null && readiness.getStatus().equals(Status.UP);
    }
}
