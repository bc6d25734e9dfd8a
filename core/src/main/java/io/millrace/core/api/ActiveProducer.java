package io.millrace.core.api;

/**
 * An idempotent producer that a partition knows.
 *
 * @param lastSequence of the last record that it wrote
 * @param lastTimestampMillis the latest timestamp of the batch with that record, or -1
 */
public record ActiveProducer(long producerId, short producerEpoch, int lastSequence, long lastTimestampMillis) {}
