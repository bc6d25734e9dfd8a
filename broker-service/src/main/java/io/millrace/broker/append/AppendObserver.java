package io.millrace.broker.append;

import java.time.Duration;

/** Hears about append requests, on any thread. Must be quick and must not throw. */
public interface AppendObserver {
    /** Nobody listens. */
    AppendObserver NONE = new AppendObserver() {};

    /** A request was answered. */
    default void appendAnswered(Duration took) {}

    /** A request was refused because the limit of bytes in flight is reached. */
    default void overloaded() {}
}
