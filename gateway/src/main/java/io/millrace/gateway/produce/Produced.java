package io.millrace.gateway.produce;

/** Where a record landed, and with which timestamp. The offset is -1 when the producer asked for no acknowledgement. */
public record Produced(int partition, long offset, long timestampMillis) {}
