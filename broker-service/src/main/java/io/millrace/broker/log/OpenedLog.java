package io.millrace.broker.log;

/**
 * What was found when a log was opened.
 *
 * @param existed false when there was no trace of a log, and an empty one was created
 * @param closedInOrder whether the log was taken as it is, without a scan
 * @param endOffset the log end offset then; all before it is durable
 * @param cutBytes bytes at the end that were no whole, continuous batches and are not in the log any more
 */
public record OpenedLog(boolean existed, boolean closedInOrder, long endOffset, long cutBytes) {}
