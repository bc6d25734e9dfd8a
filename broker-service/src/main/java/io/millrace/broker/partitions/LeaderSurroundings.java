package io.millrace.broker.partitions;

import io.millrace.broker.replication.leader.KnownBrokers;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What leaders need to know and to ask for the sake of their followers.
 *
 * @param brokers as the latest picture shows them; asked on any partition loop
 * @param lagTimeMax how long a follower may lack something and stay in sync
 */
public record LeaderSurroundings(Supplier<KnownBrokers> brokers, InSyncRequests inSync, Duration lagTimeMax) {
    /** How often it is looked at who is in sync: often enough for the lag time to mean what it says. */
    Duration reviewInterval() {
        Duration tenth = lagTimeMax.dividedBy(10);
        return tenth.compareTo(REVIEW_INTERVAL_MIN) < 0 ? REVIEW_INTERVAL_MIN : tenth;
    }

    private static final Duration REVIEW_INTERVAL_MIN = Duration.ofMillis(50);
}
