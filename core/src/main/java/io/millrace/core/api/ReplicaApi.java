package io.millrace.core.api;

/** What brokers ask of each other: a follower opens one session to each broker that leads partitions of its, and pulls. */
public interface ReplicaApi {
    /**
     * Opens a session. It lives until either side closes it or the connection breaks; all that the leader knows of the
     * follower's wishes lives and dies with it. May be called from any thread; the listener may be called before it returns.
     */
    ReplicaSession open(ReplicaHello hello, ReplicaListener listener);
}
