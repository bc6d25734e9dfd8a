package io.millrace.broker.log.epochs;

/** The offset of the first batch that a leader of the epoch appended. */
public record EpochStart(int epoch, long startOffset) {}
