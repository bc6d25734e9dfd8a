package io.millrace.broker.replication.leader;

import io.millrace.core.api.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The followers of a leader in one term, and their progress. Of none anything is known when the term begins. */
final class Followers {
    private final List<FollowerProgress> all = new ArrayList<>(); // few, so that a search is cheaper than a map

    Followers(LeaderTerm term, long nowNanos) {
        adopt(term, nowNanos);
    }

    /** The same term with other replicas perhaps. */
    void adopt(LeaderTerm term, long nowNanos) {
        all.removeIf(follower -> !term.replicas().contains(follower.brokerId()));
        for (int brokerId : term.replicas()) {
            if (brokerId != term.leader() && of(brokerId) == null) {
                all.add(new FollowerProgress(brokerId, nowNanos));
            }
        }
    }

    /** Returns whether the report counts. */
    boolean report(ReplicaReport report, long leaderLogEnd, long nowNanos) {
        FollowerProgress follower = of(report.brokerId());
        return follower != null && follower.report(report, leaderLogEnd, nowNanos);
    }

    void forget(int brokerId) {
        FollowerProgress follower = of(brokerId);
        if (follower != null) {
            follower.forget();
        }
    }

    void leaderAppends(long leaderLogEnd, long nowNanos) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).leaderAppends(leaderLogEnd, nowNanos);
        }
    }

    /** Up to where the follower counts; before everything when it was not heard. */
    long durableEndOf(int brokerId) {
        FollowerProgress follower = of(brokerId);
        return follower == null ? FollowerProgress.UNKNOWN : follower.durableEnd();
    }

    boolean hasCaughtUp(int brokerId) {
        FollowerProgress follower = of(brokerId);
        return follower != null && follower.hasCaughtUp();
    }

    boolean isWithin(int brokerId, long lagNanos, long leaderLogEnd, long nowNanos) {
        FollowerProgress follower = of(brokerId);
        return follower != null && follower.isWithin(lagNanos, leaderLogEnd, nowNanos);
    }

    /** Whether the incarnation that reports is the one that the picture shows, serving, in a picture as new as its own. */
    boolean isServing(int brokerId, KnownBrokers brokers) {
        FollowerProgress follower = of(brokerId);
        return follower != null
                && follower.controllerEpoch() <= brokers.controllerEpoch()
                && brokers.isServing(brokerId, follower.brokerEpoch());
    }

    /** Of the incarnation that reports, or when none does, of the one that the picture shows. */
    long brokerEpochOf(int brokerId, KnownBrokers brokers) {
        FollowerProgress follower = of(brokerId);
        return follower == null || follower.brokerEpoch() == FollowerProgress.UNKNOWN
                ? brokers.epochOf(brokerId)
                : follower.brokerEpoch();
    }

    ReplicaStatus status(int brokerId, long leaderLogEnd, boolean inSync, long nowNanos) {
        FollowerProgress follower = of(brokerId);
        if (follower == null) {
            return new ReplicaStatus(
                    brokerId, FollowerProgress.UNKNOWN, FollowerProgress.UNKNOWN, inSync, FollowerProgress.UNKNOWN);
        }
        long lag = follower.nanosSinceCaughtUp(leaderLogEnd, nowNanos);
        return new ReplicaStatus(
                brokerId,
                follower.logEnd(),
                follower.durableEnd(),
                inSync,
                lag == FollowerProgress.UNKNOWN ? lag : TimeUnit.NANOSECONDS.toMillis(lag));
    }

    private @Nullable FollowerProgress of(int brokerId) {
        for (int i = 0; i < all.size(); i++) {
            FollowerProgress follower = all.get(i);
            if (follower.brokerId() == brokerId) {
                return follower;
            }
        }
        return null;
    }
}
