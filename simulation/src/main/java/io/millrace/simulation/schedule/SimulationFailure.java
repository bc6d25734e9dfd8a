package io.millrace.simulation.schedule;

import java.time.Duration;

/**
 * What ended a run.
 *
 * @param where the event in which it was noticed
 * @param atNanos virtual time
 * @param cause what was noticed
 */
public record SimulationFailure(String where, long atNanos, Throwable cause) {
    @Override
    public String toString() {
        return "after " + Duration.ofNanos(atNanos) + " of virtual time, in '" + where + "': " + cause;
    }
}
