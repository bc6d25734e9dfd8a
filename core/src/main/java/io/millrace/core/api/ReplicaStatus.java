package io.millrace.core.api;

/**
 * How far a replica is, as its leader knows it.
 *
 * @param logEndOffset the end of what it has, or -1 when it was not heard in this term
 * @param durableEndOffset up to where it has reported what it has as stored, or -1
 * @param inSync by the committed record
 * @param caughtUpMillisAgo how long ago it had all that the leader had, or -1 when it never had in this term
 */
public record ReplicaStatus(
        int brokerId, long logEndOffset, long durableEndOffset, boolean inSync, long caughtUpMillisAgo) {}
