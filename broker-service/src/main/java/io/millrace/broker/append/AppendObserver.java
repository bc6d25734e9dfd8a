package io.millrace.broker.append;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import java.time.Duration;
import java.util.List;

/** Hears about append requests, on any thread. Must be quick and must not throw. */
public interface AppendObserver {
    /** Nobody listens. */
    AppendObserver NONE = new AppendObserver() {};

    /** A request was answered; the outcomes are those of its parts, in their order. */
    default void appendAnswered(AppendRequest request, List<Outcome<Appended>> outcomes, Duration took) {}
}
