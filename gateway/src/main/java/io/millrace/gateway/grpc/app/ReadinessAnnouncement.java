package io.millrace.gateway.grpc.app;

import io.grpc.protobuf.services.HealthStatusManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.grpc.server.health.GrpcServerHealth;
import org.springframework.context.ApplicationListener;

/**
 * Has gRPC's health looked at once more when the process is ready. Boot looks for the first time as soon as the server
 * listens, when the process is not yet ready and says so, and that verdict would stand until Boot looks again.
 */
final class ReadinessAnnouncement implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {
    private final ObjectProvider<GrpcServerHealth> health;
    private final ObjectProvider<HealthStatusManager> statuses;

    /**
     * An announcement that is yet to be made.
     *
     * @param availability hears of the change before this does, being there first
     */
    ReadinessAnnouncement(
            ApplicationAvailability availability,
            ObjectProvider<GrpcServerHealth> health,
            ObjectProvider<HealthStatusManager> statuses) {
        this.health = health;
        this.statuses = statuses;
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
        if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
            health.ifAvailable(looks -> statuses.ifAvailable(looks::update));
        }
    }
}
