package io.millrace.broker.replication.leader;

/**
 * What a follower says of itself. Its log has been found to be a beginning of the leader's.
 *
 * @param brokerEpoch of the incarnation that says it
 * @param controllerEpoch of the latest picture that the follower has
 * @param logEnd the end of its log
 * @param durableEnd up to where it has what counts as stored
 */
public record ReplicaReport(int brokerId, long brokerEpoch, int controllerEpoch, long logEnd, long durableEnd) {}
