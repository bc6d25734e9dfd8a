package io.millrace.broker.replication.leader;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.metadata.Durability;
import io.millrace.core.model.Acks;
import io.millrace.core.model.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The leader of one partition. It takes messages and returns effects; it touches neither the log nor the clock. Confined
 * to the partition's event loop.
 *
 * <pre>
 *   append ──▶ AppendToLog ──▶ appended ──▶ RequestSync ──▶ syncedUpTo ─┐
 *                                              replicaReached ──────────┴▶ AdvanceHighWatermark, Acknowledge
 * </pre>
 *
 * A replica counts up to the end of what it has written: durably for a topic with durability=fsync, at all for page-cache.
 * The high watermark is the least of these ends in the in-sync set; it moves only while the set has at least
 * min.insync.replicas members, and never back.
 */
public final class PartitionLeader {
    private final Map<Integer, Long> replicaEnds = new TreeMap<>();
    private final WaitingAppends waiting = new WaitingAppends();
    private LeaderTerm term;
    private long logEnd;
    private long durableEnd;
    private long highWatermark;

    /**
     * Begins a leadership over a log.
     *
     * @param highWatermark what is known to be committed, at most the log's end
     */
    public PartitionLeader(LeaderTerm term, long logEnd, long durableEnd, long highWatermark) {
        Invariant.hold(
                durableEnd <= logEnd && highWatermark <= logEnd,
                () -> term.partition() + ": the log ends at " + logEnd + ", but its durable end is " + durableEnd
                        + " and its high watermark " + highWatermark);
        this.term = term;
        this.logEnd = logEnd;
        this.durableEnd = durableEnd;
        this.highWatermark = highWatermark;
    }

    /** What there is to do before the first append. */
    public List<LeaderEffect> begin() {
        List<LeaderEffect> effects = new ArrayList<>();
        requestSyncIfNeeded(effects);
        countOwnEnd(effects);
        return effects;
    }

    /** A batch wants to be appended. */
    public List<LeaderEffect> append(AppendCommand append) {
        int expected = append.expectedLeaderEpoch();
        if (expected != AppendRequest.ANY_EPOCH && expected != term.leaderEpoch()) {
            return List.of(new LeaderEffect.Refuse(append, staleEpoch(expected)));
        }
        if (append.acks() == Acks.ALL && !hasEnoughInSync()) {
            return List.of(new LeaderEffect.Refuse(
                    append,
                    new Refusal.NotEnoughReplicas(
                            term.partition(), term.inSyncReplicas().size(), term.minInSyncReplicas())));
        }
        return List.of(new LeaderEffect.AppendToLog(append, logEnd, term.leaderEpoch()));
    }

    /** The batch is in the log, from the log's end on. */
    public List<LeaderEffect> appended(AppendCommand append) {
        Invariant.hold(
                append.batch().baseOffset() == logEnd,
                () -> term.partition() + ": appended at " + append.batch().baseOffset() + ", but the log ends at "
                        + logEnd);
        logEnd = append.batch().nextOffset();
        List<LeaderEffect> effects = new ArrayList<>(3);
        if (append.acks() == Acks.NONE) {
            effects.add(new LeaderEffect.Acknowledge(append));
        } else {
            waiting.add(append, logEnd);
        }
        requestSyncIfNeeded(effects);
        if (term.durability() == Durability.PAGE_CACHE) {
            countOwnEnd(effects);
        }
        return effects;
    }

    /** The log is durable up to here; news that came late changes nothing. */
    public List<LeaderEffect> syncedUpTo(long offset) {
        Invariant.hold(offset <= logEnd, () -> term.partition() + ": synced up to " + offset + ", behind " + logEnd);
        durableEnd = Math.max(durableEnd, offset);
        List<LeaderEffect> effects = new ArrayList<>();
        countOwnEnd(effects);
        return effects;
    }

    /** A follower has written up to here. */
    public List<LeaderEffect> replicaReached(int brokerId, long offset) {
        Invariant.hold(offset <= logEnd, () -> term.partition() + ": replica " + brokerId + " is ahead at " + offset);
        List<LeaderEffect> effects = new ArrayList<>();
        replicaEnds.merge(brokerId, offset, Math::max);
        settle(effects);
        return effects;
    }

    /** The picture changed, and this broker still leads: another epoch, in-sync set or topic config. */
    public List<LeaderEffect> changeTerm(LeaderTerm next) {
        Invariant.hold(
                next.leaderEpoch() >= term.leaderEpoch(),
                () -> term.partition() + ": epoch " + next.leaderEpoch() + " after " + term.leaderEpoch());
        term = next;
        return begin();
    }

    /**
     * This broker leads no longer, or its disk has failed. Whoever waits must not be told what tells others that nothing
     * was stored and that they may send again: the batch is in the log, and may last.
     */
    public List<LeaderEffect> resign(Refusal why) {
        Refusal toWaiting = why instanceof Refusal.StorageFailed
                ? why
                : new Refusal.TimedOut("The append to partition " + term.partition()
                        + " was not acknowledged, but may still stand. " + why.message());
        List<LeaderEffect> effects = new ArrayList<>();
        waiting.takeAll(append -> effects.add(new LeaderEffect.Refuse(append, toWaiting)));
        return effects;
    }

    /** Time has passed. */
    public List<LeaderEffect> expire(long nowNanos) {
        List<LeaderEffect> effects = new ArrayList<>();
        Refusal timedOut = new Refusal.TimedOut(
                "The append to partition " + term.partition() + " was not acknowledged in time; it may still stand.");
        waiting.takeExpired(nowNanos, append -> effects.add(new LeaderEffect.Refuse(append, timedOut)));
        return effects;
    }

    /** Whether someone waits for an acknowledgement. */
    public boolean hasWaitingAppends() {
        return !waiting.isEmpty();
    }

    public long highWatermark() {
        return highWatermark;
    }

    public int leaderEpoch() {
        return term.leaderEpoch();
    }

    /** The refusal of a request that names another epoch. */
    public Refusal staleEpoch(int expected) {
        return new Refusal.StaleEpoch("Partition " + term.partition() + " has leader epoch " + term.leaderEpoch()
                + "; the request names epoch " + expected + ".");
    }

    private void requestSyncIfNeeded(List<LeaderEffect> effects) {
        if (term.durability() == Durability.FSYNC && durableEnd < logEnd) {
            effects.add(new LeaderEffect.RequestSync());
        }
    }

    private void countOwnEnd(List<LeaderEffect> effects) {
        replicaEnds.put(term.leader(), term.durability() == Durability.FSYNC ? durableEnd : logEnd);
        settle(effects);
    }

    private void settle(List<LeaderEffect> effects) {
        long committed = hasEnoughInSync() ? leastInSyncEnd() : highWatermark;
        if (committed > highWatermark) {
            highWatermark = committed;
            effects.add(new LeaderEffect.AdvanceHighWatermark(highWatermark));
        }
        waiting.takeReached(
                endOf(term.leader()), highWatermark, append -> effects.add(new LeaderEffect.Acknowledge(append)));
    }

    private boolean hasEnoughInSync() {
        return term.inSyncReplicas().size() >= term.minInSyncReplicas();
    }

    private long leastInSyncEnd() {
        long least = Long.MAX_VALUE;
        for (int brokerId : term.inSyncReplicas()) {
            least = Math.min(least, endOf(brokerId));
        }
        return least;
    }

    private long endOf(int brokerId) {
        return replicaEnds.getOrDefault(brokerId, 0L);
    }
}
