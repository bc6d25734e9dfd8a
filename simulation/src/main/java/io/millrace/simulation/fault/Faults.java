package io.millrace.simulation.fault;

import java.util.Optional;

/** Something that can go wrong, with what ends it. */
@FunctionalInterface
interface Faults {
    /** Lets it go wrong; returns how it ends, or nothing when it does not fit now and nothing was done. */
    Optional<Runnable> begin();

    /** What ends by itself. */
    Runnable ENDS_BY_ITSELF = () -> {};
}
