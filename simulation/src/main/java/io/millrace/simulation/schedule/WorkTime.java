package io.millrace.simulation.schedule;

import java.time.Duration;

/** How long a piece of work takes. */
@FunctionalInterface
public interface WorkTime {
    /** Nanoseconds of virtual time. */
    long draw(Chance chance);

    /** Any time between the two; once in a hundred times so much longer. */
    static WorkTime of(Duration least, Duration most, int longerBy) {
        return chance -> chance.nanosBetween(least, most) * (chance.oneIn(100) ? longerBy : 1);
    }
}
