package io.millrace.broker.fetch;

import io.millrace.core.model.TopicPartition;
import java.time.Duration;

/** Hears about fetch requests, on event loops. Must be quick and must not throw. */
public interface FetchObserver {
    /** Nobody listens. */
    FetchObserver NONE = new FetchObserver() {};

    /** So many bytes of a partition are on their way to a reader. */
    default void fetched(TopicPartition partition, int bytes) {}

    /** A request was answered, after waiting or not. */
    default void fetchAnswered(Duration took) {}
}
