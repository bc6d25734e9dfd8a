package io.millrace.core.api;

/**
 * Who opens a session, and to whom. A hello to another cluster or incarnation, or of a follower that the leader's picture
 * does not know under this epoch (yet), is refused.
 *
 * @param fromBroker the follower
 * @param fromBrokerEpoch of its registration
 * @param toBroker the leader
 * @param toBrokerEpoch of its registration, as the follower's picture shows it
 */
public record ReplicaHello(String clusterId, int fromBroker, long fromBrokerEpoch, int toBroker, long toBrokerEpoch) {}
