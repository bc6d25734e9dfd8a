package io.millrace.broker.log.segment;

/**
 * When a segment is full.
 *
 * @param bytes of its batches
 * @param millis between its first timestamp and a new one
 * @param indexIntervalBytes log bytes between two index entries
 * @param indexBytes of each index
 */
public record SegmentLimits(int bytes, long millis, int indexIntervalBytes, int indexBytes) {}
