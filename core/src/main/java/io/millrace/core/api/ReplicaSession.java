package io.millrace.core.api;

/** The follower's end of a session. */
public interface ReplicaSession extends AutoCloseable {
    /** A session that never came about. */
    ReplicaSession OVER = new ReplicaSession() {
        @Override
        public void pull(ReplicaPull pull) {}

        @Override
        public void close() {}
    };

    /**
     * Tells the leader where the follower stands. Messages arrive in order, or the session ends. Does nothing once the
     * session is over. May be called from any thread, by one at a time.
     */
    void pull(ReplicaPull pull);

    /** Ends the session; the listener hears nothing more. */
    @Override
    void close();
}
