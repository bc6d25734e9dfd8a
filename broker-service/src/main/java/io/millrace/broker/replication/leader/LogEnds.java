package io.millrace.broker.replication.leader;

/**
 * Where a log ends.
 *
 * @param logEnd the offset that the next record gets
 * @param durableEnd up to where the log survives a loss of power
 * @param highWatermark up to where records are known to be committed; at most the log end
 */
public record LogEnds(long logEnd, long durableEnd, long highWatermark) {}
