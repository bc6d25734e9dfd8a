package io.millrace.core.api;

/**
 * An offset that was asked for.
 *
 * @param offset -1 when no record fits
 * @param timestampMillis of the record at the offset, or -1
 * @param leaderEpoch of the batch at the offset, or -1
 */
public record FoundOffset(long offset, long timestampMillis, int leaderEpoch) {}
