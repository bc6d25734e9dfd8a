package io.millrace.gateway.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The timers of requests, the same for every front door. */
public final class RequestTimers {
    /** Few and fixed, because every operation and status has a series for each of them. */
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private RequestTimers() {}

    /**
     * The timer of requests that ended so.
     *
     * @param api rest or grpc
     * @param operation of a bounded set of names
     * @param status in the words or numbers of the API
     */
    public static Timer of(MeterRegistry registry, String api, String operation, String status) {
        return Timer.builder("millrace.gateway.request")
                .description("Time from a request's headers to the end of its answer")
                .tags("api", api, "operation", operation, "status", status)
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }
}
