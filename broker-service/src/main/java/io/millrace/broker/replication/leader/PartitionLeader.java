package io.millrace.broker.replication.leader;

import io.millrace.broker.log.producers.ProducerBatch;
import io.millrace.broker.log.producers.SequenceVerdict;
import io.millrace.core.api.AlterPartitionsRequest.Member;
import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaStatus;
import io.millrace.core.metadata.Durability;
import io.millrace.core.model.Acks;
import io.millrace.core.model.Invariant;
import java.util.ArrayList;
import java.util.List;

/**
 * The leader of one partition. It takes messages and returns effects; it touches neither the log nor the clock. Confined
 * to the partition's event loop.
 *
 * <pre>
 *   append ──▶ AppendToLog ──▶ appended ──▶ RequestSync ──▶ syncedUpTo ─┐
 *                                              replicaReported ─────────┴▶ AdvanceHighWatermark, Acknowledge
 *   replicaReported, review ──▶ RequestInSyncChange ──▶ inSyncChangeAnswered, changeTerm
 * </pre>
 *
 * A replica counts up to the end of what it has written: durably for a topic with durability=fsync, at all for page-cache.
 * The high watermark is the least of these ends among all that may be in sync, a change under way included; it moves only
 * while the committed in-sync set has at least min.insync.replicas members, and never back.
 */
public final class PartitionLeader {
    /** How long the high watermark waits at most for a follower that was behind by no more than that. */
    static final long AWAIT_NANOS_MAX = 500_000_000;

    private final long lagNanosMax;
    private final WaitingAppends waiting = new WaitingAppends();
    private final InSyncSet inSync;
    private final long firstLogEnd;
    private Followers followers;
    private LeaderTerm term;
    private long logEnd;
    private long durableEnd;
    private long highWatermark;
    private long epochStart;
    private boolean mayAsk = true;
    private boolean mayAwait = true;

    /**
     * Begins a leadership over a log.
     *
     * @param lagNanosMax how long a follower may lack something and stay in sync
     */
    public PartitionLeader(LeaderTerm term, LogEnds ends, long lagNanosMax, long nowNanos) {
        Invariant.hold(
                ends.durableEnd() <= ends.logEnd() && ends.highWatermark() <= ends.logEnd(),
                () -> term.partition() + ": " + ends + " do not fit each other");
        this.term = term;
        this.logEnd = ends.logEnd();
        this.firstLogEnd = logEnd;
        this.durableEnd = ends.durableEnd();
        this.highWatermark = ends.highWatermark();
        this.lagNanosMax = lagNanosMax;
        this.inSync = new InSyncSet(term);
        this.epochStart = logEnd;
        this.followers = new Followers(term, nowNanos);
    }

    /** What there is to do before the first append. */
    public List<LeaderEffect> begin() {
        List<LeaderEffect> effects = new ArrayList<>();
        requestSyncIfNeeded(effects);
        settle(effects);
        return effects;
    }

    /**
     * A batch wants to be appended.
     *
     * @param verdict how it fits to the log as it is now
     */
    public List<LeaderEffect> append(AppendCommand append, SequenceVerdict verdict) {
        int expected = append.expectedLeaderEpoch();
        if (expected != AppendRequest.ANY_EPOCH && expected != term.leaderEpoch()) {
            return refuse(append, staleEpoch(expected));
        }
        return switch (verdict) {
            case SequenceVerdict.Fits ignored -> appendNext(append);
            case SequenceVerdict.Repeats(ProducerBatch original) -> List.of(new LeaderEffect.Repeat(append, original));
            case SequenceVerdict.Misfit misfit -> {
                long safeEnd = append.acks() == Acks.ALL ? highWatermark : ownEnd();
                yield refuse(append, SequenceRefusals.of(misfit, term.partition(), append.batch(), safeEnd));
            }
        };
    }

    private static List<LeaderEffect> refuse(AppendCommand append, Refusal why) {
        return List.of(new LeaderEffect.Refuse(append, why));
    }

    private List<LeaderEffect> appendNext(AppendCommand append) {
        if (append.acks() == Acks.ALL && !term.hasEnoughInSync()) {
            return refuse(
                    append,
                    new Refusal.NotEnoughReplicas(
                            term.partition(), term.inSyncReplicas().size(), term.minInSyncReplicas()));
        }
        return List.of(new LeaderEffect.AppendToLog(append, logEnd, term.leaderEpoch()));
    }

    /** The batch is in the log, from the log's end on. */
    public List<LeaderEffect> appended(AppendCommand append, long nowNanos) {
        Invariant.hold(
                append.batch().baseOffset() == logEnd,
                () -> term.partition() + ": appended at " + append.batch().baseOffset() + ", but the log ends at "
                        + logEnd);
        followers.leaderAppends(logEnd, nowNanos);
        logEnd = append.batch().nextOffset();
        List<LeaderEffect> effects = new ArrayList<>(3);
        if (append.acks() == Acks.NONE) {
            effects.add(new LeaderEffect.Acknowledge(append));
        } else {
            waiting.add(append, logEnd);
        }
        requestSyncIfNeeded(effects);
        if (term.durability() == Durability.PAGE_CACHE) {
            settle(effects);
        }
        return effects;
    }

    /** The batch has the offsets of its original, which is in the log; it is answered when that one is as safe as asked. */
    public List<LeaderEffect> repeated(AppendCommand append) {
        if (append.acks() == Acks.NONE) {
            return List.of(new LeaderEffect.Acknowledge(append));
        }
        waiting.addRepeated(append, append.batch().nextOffset());
        List<LeaderEffect> effects = new ArrayList<>(1);
        settle(effects);
        return effects;
    }

    /** The log is durable up to here; news that came late changes nothing. */
    public List<LeaderEffect> syncedUpTo(long offset) {
        Invariant.hold(offset <= logEnd, () -> term.partition() + ": synced up to " + offset + ", behind " + logEnd);
        durableEnd = Math.max(durableEnd, offset);
        List<LeaderEffect> effects = new ArrayList<>();
        settle(effects);
        return effects;
    }

    /**
     * A follower says how far it is. What it says of offsets that this log does not have does not count, nor what an earlier
     * incarnation of it says.
     */
    public List<LeaderEffect> replicaReported(ReplicaReport report, KnownBrokers brokers, long nowNanos) {
        boolean isPossible = report.durableEnd() <= report.logEnd() && report.logEnd() <= logEnd;
        if (!isPossible || !followers.report(report, logEnd, nowNanos)) {
            return List.of();
        }
        List<LeaderEffect> effects = new ArrayList<>(2);
        settle(effects);
        if (!inSync.committed().contains(report.brokerId())) {
            changeInSyncSet(brokers, nowNanos, effects);
        }
        return effects;
    }

    /** A follower follows no longer: what it has said of itself may hold no longer either. */
    public void replicaLeft(int brokerId) {
        followers.forget(brokerId);
    }

    /** Time has passed, or other brokers are known: who is in sync? */
    public List<LeaderEffect> review(KnownBrokers brokers, long nowNanos) {
        List<LeaderEffect> effects = new ArrayList<>(1);
        mayAsk = true;
        mayAwait = !stopAwaiting(nowNanos, effects);
        changeInSyncSet(brokers, nowNanos, effects);
        return effects;
    }

    /** The controller has answered a wish that was based on this partition epoch. */
    public List<LeaderEffect> inSyncChangeAnswered(int partitionEpoch, InSyncAnswer answer) {
        List<LeaderEffect> effects = new ArrayList<>();
        if (inSync.answered(partitionEpoch, answer)) {
            mayAsk = false; // before the next review: whatever it was refused for may still be so
            settle(effects);
        }
        return effects;
    }

    /** The picture changed, and this broker still leads: another epoch, in-sync set or topic config. */
    public List<LeaderEffect> changeTerm(LeaderTerm next, long nowNanos) {
        LeaderTerm before = term;
        Invariant.hold(
                next.leaderEpoch() >= before.leaderEpoch() && next.partitionEpoch() >= before.partitionEpoch(),
                () -> before.partition() + ": epochs " + next.leaderEpoch() + " and " + next.partitionEpoch()
                        + " after " + before.leaderEpoch() + " and " + before.partitionEpoch());
        term = next;
        inSync.adopt(next);
        if (next.leaderEpoch() != before.leaderEpoch()) {
            epochStart = logEnd;
            followers = new Followers(next, nowNanos);
        } else {
            followers.adopt(next, nowNanos);
        }
        List<LeaderEffect> effects = new ArrayList<>();
        tellOfChange(before.inSyncReplicas(), effects);
        effects.addAll(begin());
        return effects;
    }

    private void tellOfChange(List<Integer> before, List<LeaderEffect> effects) {
        List<Integer> now = inSync.committed();
        int lost = (int) before.stream().filter(member -> !now.contains(member)).count();
        int gained =
                (int) now.stream().filter(member -> !before.contains(member)).count();
        if (lost + gained > 0) {
            effects.add(new LeaderEffect.InSyncSetChanged(lost, gained));
        }
    }

    /** Gives away the appends that are in the log and not yet acknowledged. */
    public List<AppendCommand> handOver() {
        List<AppendCommand> handed = new ArrayList<>();
        waiting.takeAll(handed::add);
        return handed;
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
        if (stopAwaiting(nowNanos, effects)) {
            mayAwait = false; // before the next review: the high watermark shall not wait all the time
        }
        return effects;
    }

    /** Whether someone waits for an acknowledgement. */
    public boolean hasWaitingAppends() {
        return !waiting.isEmpty();
    }

    public long highWatermark() {
        return highWatermark;
    }

    /**
     * Whether the high watermark may still lie before that of an earlier leader, as one that was told of it late begins with
     * too low a one (KIP-207). All that an earlier leader may have committed is in the log with which this leadership began.
     */
    public boolean mayLagBehindPredecessor() {
        return highWatermark < firstLogEnd;
    }

    public int leaderEpoch() {
        return term.leaderEpoch();
    }

    /** What this leadership is based on. */
    public LeaderTerm term() {
        return term;
    }

    /** How far each replica is, in the order of the picture. */
    public List<ReplicaStatus> replicas(long nowNanos) {
        return term.replicas().stream()
                .map(brokerId -> {
                    boolean isIn = inSync.committed().contains(brokerId);
                    return brokerId == term.leader()
                            ? new ReplicaStatus(brokerId, logEnd, ownEnd(), isIn, 0)
                            : followers.status(brokerId, logEnd, isIn, nowNanos);
                })
                .toList();
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

    private void settle(List<LeaderEffect> effects) {
        long committed = term.hasEnoughInSync() ? leastInSyncEnd() : highWatermark;
        if (committed > highWatermark) {
            highWatermark = committed;
            effects.add(new LeaderEffect.AdvanceHighWatermark(highWatermark));
        }
        waiting.takeReached(ownEnd(), highWatermark, append -> effects.add(new LeaderEffect.Acknowledge(append)));
    }

    private long leastInSyncEnd() {
        List<Integer> members = inSync.maximal();
        long least = ownEnd();
        for (int i = 0; i < members.size(); i++) {
            int brokerId = members.get(i);
            if (brokerId != term.leader()) {
                least = Math.min(least, followers.durableEndOf(brokerId));
            }
        }
        return least;
    }

    private long ownEnd() {
        return term.durability() == Durability.FSYNC ? durableEnd : logEnd;
    }

    private boolean stopAwaiting(long nowNanos, List<LeaderEffect> effects) {
        boolean gaveUp = inSync.expire(nowNanos);
        if (gaveUp) {
            settle(effects);
        }
        return gaveUp;
    }

    private void changeInSyncSet(KnownBrokers brokers, long nowNanos, List<LeaderEffect> effects) {
        if (!mayAsk || inSync.isPending()) {
            return;
        }
        List<Integer> next = nextInSyncSet(brokers, nowNanos);
        if (next.equals(inSync.committed()) && !inSync.isUnresolved()) {
            awaitWhoeverIsNear(brokers, nowNanos);
            return;
        }
        inSync.asked(next);
        List<Member> members = next.stream()
                .map(brokerId -> new Member(brokerId, followers.brokerEpochOf(brokerId, brokers)))
                .toList();
        effects.add(new LeaderEffect.RequestInSyncChange(
                new InSyncWish(term.leaderEpoch(), term.partitionEpoch(), members, highWatermark)));
    }

    private List<Integer> nextInSyncSet(KnownBrokers brokers, long nowNanos) {
        List<Integer> next = new ArrayList<>(inSync.committed());
        next.removeIf(
                brokerId -> brokerId != term.leader() && !followers.isWithin(brokerId, lagNanosMax, logEnd, nowNanos));
        for (int brokerId : term.replicas()) {
            if (!inSync.committed().contains(brokerId) && mayJoin(brokerId, brokers, nowNanos)) {
                next.add(brokerId);
            }
        }
        return next;
    }

    /** Whether the follower holds all that this leader has committed. */
    private boolean mayJoin(int brokerId, KnownBrokers brokers, long nowNanos) {
        return isFit(brokerId, brokers)
                && followers.durableEndOf(brokerId) >= highWatermark
                && followers.isWithin(brokerId, lagNanosMax, logEnd, nowNanos);
    }

    /**
     * Whether the follower holds all that was there before this leader. One whose picture is of a later controller than this
     * broker's does not count: that controller may have deposed this leader.
     */
    private boolean isFit(int brokerId, KnownBrokers brokers) {
        return followers.hasCaughtUp(brokerId)
                && followers.durableEndOf(brokerId) >= epochStart
                && followers.isServing(brokerId, brokers);
    }

    /**
     * Under steady load a follower is always behind a high watermark that does not wait for it, by the time that its records
     * take to get there and to be synced: it could never join. So the high watermark waits for one that is so near.
     */
    private void awaitWhoeverIsNear(KnownBrokers brokers, long nowNanos) {
        if (!mayAwait || inSync.isAwaiting() || !term.hasEnoughInSync()) {
            return;
        }
        for (int brokerId : term.replicas()) {
            if (!inSync.committed().contains(brokerId)
                    && isFit(brokerId, brokers)
                    && followers.isWithin(brokerId, AWAIT_NANOS_MAX, logEnd, nowNanos)) {
                inSync.await(brokerId, nowNanos + AWAIT_NANOS_MAX);
                return;
            }
        }
    }
}
