package io.millrace.broker.fetch;

import io.millrace.core.api.FetchRequest;
import io.millrace.core.api.Fetched;
import io.millrace.core.api.Outcome;
import java.time.Duration;
import java.util.List;

/** Hears about fetch requests, on any thread. Must be quick and must not throw. */
public interface FetchObserver {
    /** Nobody listens. */
    FetchObserver NONE = new FetchObserver() {};

    /** A request was answered, after waiting or not; the outcomes are those of its parts, in their order. */
    default void fetchAnswered(FetchRequest request, List<Outcome<Fetched>> outcomes, Duration took) {}
}
