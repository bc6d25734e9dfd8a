package io.millrace.broker.log.segment;

/** A record that was looked for by time, and the leader epoch of its batch. */
public record TimestampedOffset(long offset, long timestampMillis, int leaderEpoch) {}
