package io.millrace.broker.log.epochs;

/** The offset after the last batch of the epoch. */
public record EpochEnd(int epoch, long endOffset) {}
