package io.millrace.core.statemachine;

/**
 * When something is decided or applied: read once, so that everything in the turn agrees.
 *
 * @param epoch of the leader that decides
 * @param nowNanos monotonic
 * @param wallMillis since the epoch of the calendar
 */
public record Turn(int epoch, long nowNanos, long wallMillis) {}
