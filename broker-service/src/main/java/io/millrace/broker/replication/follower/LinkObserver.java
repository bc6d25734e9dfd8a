package io.millrace.broker.replication.follower;

import io.millrace.core.api.Refusal;

/** Hears how sessions with leaders fare, on any loop. Must be quick and must not throw. */
public interface LinkObserver {
    /** Nobody listens. */
    LinkObserver NONE = new LinkObserver() {};

    /** The first answer came in a session with that leader. */
    default void linked(int leader) {}

    /** The session with that leader is over or never came about. Told once, until there is one again. */
    default void unlinked(int leader, Refusal why) {}
}
