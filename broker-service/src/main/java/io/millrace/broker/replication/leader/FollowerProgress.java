package io.millrace.broker.replication.leader;

/**
 * How far a follower is, as far as it has said so in this term.
 *
 * <p>It had all that the leader had at a time t when its durable end has reached the log end of that time. Kafka looks at the
 * follower's log end instead; but a follower whose disk hangs would then stay in sync and hold up every acknowledgement.
 */
final class FollowerProgress {
    static final long UNKNOWN = -1;

    private final int brokerId;
    private long brokerEpoch = UNKNOWN;
    private int controllerEpoch;
    private long logEnd = UNKNOWN;
    private long durableEnd = UNKNOWN;
    private long markOffset;
    private long markNanos;
    private long caughtUpNanos;
    private boolean hasCaughtUp;

    FollowerProgress(int brokerId, long nowNanos) {
        this.brokerId = brokerId;
        this.caughtUpNanos = nowNanos;
    }

    int brokerId() {
        return brokerId;
    }

    /** Of the incarnation that was heard last, or {@link #UNKNOWN}. */
    long brokerEpoch() {
        return brokerEpoch;
    }

    /** Of the picture that it had when it was heard last. */
    int controllerEpoch() {
        return controllerEpoch;
    }

    long logEnd() {
        return logEnd;
    }

    long durableEnd() {
        return durableEnd;
    }

    /** Takes a report, unless it is of an earlier incarnation than one that was heard before. */
    boolean report(ReplicaReport report, long leaderLogEnd, long nowNanos) {
        if (report.brokerEpoch() < brokerEpoch) {
            return false;
        }
        if (report.brokerEpoch() > brokerEpoch) {
            brokerEpoch = report.brokerEpoch();
            hasCaughtUp = false;
            mark(leaderLogEnd, nowNanos);
        }
        controllerEpoch = report.controllerEpoch();
        logEnd = report.logEnd();
        durableEnd = report.durableEnd();
        if (durableEnd >= markOffset) {
            caughtUp(markNanos);
            mark(leaderLogEnd, nowNanos);
        }
        if (durableEnd >= leaderLogEnd) {
            caughtUp(nowNanos);
        }
        return true;
    }

    /** What it has said of its log holds no longer. */
    void forget() {
        logEnd = UNKNOWN;
        durableEnd = UNKNOWN;
    }

    /** The leader's log goes on from here: whoever had all of it had so until now. */
    void leaderAppends(long leaderLogEnd, long nowNanos) {
        if (durableEnd >= leaderLogEnd) {
            caughtUp(nowNanos);
            mark(leaderLogEnd, nowNanos);
        }
    }

    /** Whether it has all that the leader had some time within the lag, or, if it was not heard yet, may still come. */
    boolean isWithin(long lagNanos, long leaderLogEnd, long nowNanos) {
        return durableEnd >= leaderLogEnd || nowNanos - caughtUpNanos <= lagNanos;
    }

    /** Whether it has ever had all that the leader had. */
    boolean hasCaughtUp() {
        return hasCaughtUp;
    }

    /** For how long it has lacked something, or {@link #UNKNOWN} when it never had all. */
    long nanosSinceCaughtUp(long leaderLogEnd, long nowNanos) {
        if (!hasCaughtUp) {
            return UNKNOWN;
        }
        return durableEnd >= leaderLogEnd ? 0 : Math.max(0, nowNanos - caughtUpNanos);
    }

    private void mark(long offset, long nanos) {
        markOffset = offset;
        markNanos = nanos;
    }

    private void caughtUp(long nanos) {
        if (!hasCaughtUp || nanos - caughtUpNanos > 0) {
            caughtUpNanos = nanos;
        }
        hasCaughtUp = true;
    }
}
