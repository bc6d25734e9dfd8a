package io.millrace.broker.node;

import java.time.Duration;

/**
 * How a broker treats the followers of the partitions that it leads.
 *
 * @param lagTimeMax how long a follower may lack something and stay in sync
 * @param sessionWindowBytes records that may be on their way to a follower, given to it and not yet answered
 */
public record LeadingOptions(Duration lagTimeMax, long sessionWindowBytes) {
    /** For whoever has no reason to choose others. */
    public static final LeadingOptions DEFAULT = new LeadingOptions(Duration.ofSeconds(10), 16 << 20);
}
