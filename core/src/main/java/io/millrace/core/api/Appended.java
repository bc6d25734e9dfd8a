package io.millrace.core.api;

/**
 * Where a batch landed.
 *
 * @param baseOffset of its first record
 * @param lastOffset of its last record
 * @param logAppendTimeMillis the broker's timestamp when the topic has LogAppendTime, otherwise -1
 * @param logStartOffset of the partition
 */
public record Appended(long baseOffset, long lastOffset, long logAppendTimeMillis, long logStartOffset) {}
