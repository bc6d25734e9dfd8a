package io.millrace.broker.log;

import java.util.Optional;

/**
 * What became of the batches that a leader sent.
 *
 * @param batches that were appended: all those before the problem
 * @param bytes of these
 * @param logEndOffset behind them
 * @param problem of the first batch that was not appended; a last one that is cut off is none
 */
public record AppendedAsFollower(int batches, int bytes, long logEndOffset, Optional<ReceivedProblem> problem) {}
