package io.millrace.simulation.remote;

import java.time.Duration;

/** How patient a controller's client is; the product's own patience. */
record ControllerOptions(
        Duration answer,
        Duration heartbeat,
        Duration probe,
        Duration search,
        Duration searchPause,
        Duration silenceMax) {
    static final ControllerOptions DEFAULTS = new ControllerOptions(
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(6));
}
