package io.millrace.broker.scrub;

import java.time.Duration;

/** Hears how scrubbing gets on, on the scrubber's loop. Must be quick and must not throw. */
public interface ScrubObserver {
    /** Nobody listens. */
    ScrubObserver NONE = new ScrubObserver() {};

    /** So many bytes were found to be intact. */
    default void verified(int bytes) {}

    /** A pass over all logs is over. */
    default void passEnded(long bytes, int suspicions, Duration took) {}
}
