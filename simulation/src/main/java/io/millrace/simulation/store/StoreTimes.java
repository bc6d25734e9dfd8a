package io.millrace.simulation.store;

import java.time.Duration;

/**
 * How a store and its users behave.
 *
 * @param session silence after which a session is over
 * @param confirm how often a member looks whether it is what it believes to be
 * @param retry pause after a failed attempt
 * @param answer how long an answer is waited for
 * @param newsMax how long news to those who watch may take
 */
public record StoreTimes(Duration session, Duration confirm, Duration retry, Duration answer, Duration newsMax) {
    /** As the product sets its own. */
    public static final StoreTimes DEFAULTS = new StoreTimes(
            Duration.ofSeconds(6),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofMillis(300));
}
