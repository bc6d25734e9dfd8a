package io.millrace.broker.replication.follower;

import io.millrace.broker.log.AppendedAsFollower;
import io.millrace.broker.log.epochs.EpochEnd;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.metadata.Durability;
import io.millrace.core.model.Invariant;
import io.millrace.core.records.BatchCheck;
import io.millrace.core.records.BatchHeader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The follower of one partition, for one leadership. It takes messages and returns effects; it touches neither the log nor
 * the clock. Confined to the partition's event loop.
 *
 * <pre>
 *   sessionBegan ──▶ asking ──▶ records ──▶ Append, appended ──▶ asking
 *                      │  ├────▶ diverging ──▶ Truncate ───────▶ asking
 *                      │  ├────▶ startsLater ──▶ Restart ──────▶ asking
 *                      │  └────▶ refused ──▶ pausing ──────────▶ asking
 *                      └ durable end moved ──▶ told at once
 *
 *   damaged ──▶ asking from the damage on ──▶ records ──▶ Withdraw, withdrawn ──▶ Quarantine, quarantined ──▶ asking
 * </pre>
 *
 * A log that is damaged has promised more than it can keep. Before it is cut, nobody may count on it: first the leader is
 * told where the damage begins, and its records from there on prove that it knows, so it asks for nothing any more on the
 * ground of what it was told before, and that it has what is damaged here; then the controller takes the replica out, which
 * voids what the leader has asked for earlier.
 *
 * Only (epoch, offset) decides what is cut off; the high watermark never does. It goes back only when the leader's log shows
 * that records which were held for committed are not there.
 */
public final class PartitionFollower {
    private static final long NO_SESSION = -1;

    /** After the controller had no other replica that could take this one's place. */
    private static final Duration WITHDRAWAL_PAUSE = Duration.ofSeconds(5);

    private final Backoff backoff = new Backoff();
    private FollowerTerm term;
    private LogEdges log;
    private long highWatermark;
    private long leaderHighWatermark;
    private long leaderLogStart;
    private long session = NO_SESSION;
    private long toldDurableEnd;
    private long pauses;
    private boolean throttled;
    private @Nullable Damage damage;

    /**
     * Begins to follow.
     *
     * @param highWatermark what is known to be committed, at most the log's end
     */
    public PartitionFollower(FollowerTerm term, LogEdges log, long highWatermark) {
        Invariant.hold(
                highWatermark <= log.end(),
                () -> term.partition() + ": the log ends at " + log.end() + ", but its high watermark is "
                        + highWatermark);
        this.term = term;
        this.log = log;
        this.highWatermark = highWatermark;
    }

    /**
     * From the offset on the log is damaged.
     *
     * @param withdrawing whether the leader knows, and the controller was asked
     */
    private record Damage(long offset, int epochBefore, boolean withdrawing) {}

    /** What there is to do before anything is heard of the leader. */
    public List<FollowerEffect> begin() {
        List<FollowerEffect> effects = new ArrayList<>();
        requestSyncIfNeeded(effects);
        return effects;
    }

    /** Options changed, not the leadership. */
    public List<FollowerEffect> changeTerm(FollowerTerm next) {
        Invariant.hold(next.continues(term), () -> term.partition() + ": a follower of " + term + " got " + next);
        boolean otherRate = next.bytesPerSecond() != term.bytesPerSecond();
        term = next;
        List<FollowerEffect> effects = begin();
        if (throttled && otherRate) {
            effects.addAll(ask());
        } else {
            tellDurableEnd(effects);
        }
        return effects;
    }

    /** There is a new session with the leader, which has not heard of this follower. */
    public List<FollowerEffect> sessionBegan(long newSession) {
        session = newSession;
        return ask();
    }

    /** Whether a part comes from where this follower listens: of its session, and of the leadership that it follows. */
    public boolean listensTo(long fromSession, ReplicaPart part) {
        return fromSession == session && part.leaderEpoch() == term.leaderEpoch();
    }

    /** The leader sent records; the bytes are those of the part. */
    public List<FollowerEffect> records(ReplicaPart.Records part, ByteBuffer bytes) {
        note(part.highWatermark(), part.logStartOffset());
        Damage known = damage;
        if (known != null) {
            return makeWay(known, bytes);
        }
        List<FollowerEffect> effects = new ArrayList<>(2);
        startInsideOf(bytes, effects);
        effects.add(new FollowerEffect.Append(bytes));
        return effects;
    }

    /** An empty log may lie inside a batch of the leader's (deleted records), which it needs from the batch's start on. */
    private void startInsideOf(ByteBuffer bytes, List<FollowerEffect> effects) {
        if (log.isEmpty() && BatchCheck.headerProblem(bytes).isEmpty()) {
            BatchHeader first = BatchHeader.at(bytes);
            if (first.baseOffset() >= 0 && first.baseOffset() < log.end() && first.nextOffset() > log.end()) {
                effects.add(new FollowerEffect.Restart(first.baseOffset()));
            }
        }
    }

    /**
     * The log has taken what it could of the records.
     *
     * @param pause until the next records may be asked for
     */
    public List<FollowerEffect> appended(AppendedAsFollower outcome, LogEdges after, Duration pause) {
        List<FollowerEffect> effects = new ArrayList<>(4);
        log = after;
        requestSyncIfNeeded(effects);
        settle(effects);
        if (outcome.batches() == 0 || outcome.problem().isPresent()) {
            effects.add(pause(backoff.afterFailure()));
            tellDurableEnd(effects);
        } else {
            backoff.succeeded();
            if (pause.isPositive()) {
                throttled = true;
                effects.add(pause(pause));
                tellDurableEnd(effects);
            } else {
                effects.add(new FollowerEffect.Ask());
            }
        }
        return effects;
    }

    /** The records that the leader sent could not be read. */
    public List<FollowerEffect> unreadable() {
        return List.of(pause(backoff.afterFailure()));
    }

    /** The leader sent news. */
    public List<FollowerEffect> progress(ReplicaPart.Progress part) {
        note(part.highWatermark(), part.logStartOffset());
        List<FollowerEffect> effects = new ArrayList<>(1);
        settle(effects);
        return effects;
    }

    /**
     * The leader found that this log is not a beginning of its own.
     *
     * @param ownEnd of the largest epoch of this log that is at most the one that the leader named
     */
    public List<FollowerEffect> diverging(ReplicaPart.Diverging part, Optional<EpochEnd> ownEnd) {
        long point = DivergencePoint.of(part, ownEnd, log.start());
        if (point >= log.end()) {
            return List.of(pause(backoff.afterFailure())); // the answer to another position than the last one
        }
        backoff.succeeded();
        // What lies before the start was deleted here and may be there: only the leader can say where its log starts.
        FollowerEffect cut = point < log.start() ? new FollowerEffect.Restart(0) : new FollowerEffect.Truncate(point);
        return List.of(cut, new FollowerEffect.Ask());
    }

    /** The leader's log begins behind what this follower asked for. */
    public List<FollowerEffect> startsLater(ReplicaPart.StartsLater part) {
        if (damage != null && part.logStartOffset() <= log.end()) {
            // Only what is damaged here lies before the leader's log: that is deleted, and the rest is whole.
            note(leaderHighWatermark, part.logStartOffset());
            List<FollowerEffect> effects = new ArrayList<>(1);
            settle(effects);
            return effects;
        }
        if (part.logStartOffset() <= log.end()) {
            return List.of(pause(backoff.afterFailure())); // the answer to another position than the last one
        }
        backoff.succeeded();
        return List.of(new FollowerEffect.Restart(part.logStartOffset()), new FollowerEffect.Ask());
    }

    /** The leader gives nothing. */
    public List<FollowerEffect> refused() {
        return List.of(pause(backoff.afterFailure()));
    }

    /** A pause is over. */
    public List<FollowerEffect> pauseOver(long number) {
        return number == pauses ? ask() : List.of();
    }

    /** Tells the leader where this follower stands, and wants records. */
    public List<FollowerEffect> ask() {
        throttled = false;
        pauses++; // whoever asks now needs no pause to end
        return session == NO_SESSION ? List.of() : List.of(send(ReplicaPull.Wants.RECORDS));
    }

    /** The log is another one: cut, begun anew, begun later, or more of it is durable. */
    public List<FollowerEffect> changed(LogEdges after) {
        if (after.end() < after.start()) {
            // The cut went through the batch that the log started in, and took it as a whole.
            return List.of(new FollowerEffect.Restart(after.end()));
        }
        boolean lost = !log.isEmpty() && after.end() < highWatermark;
        List<FollowerEffect> effects = new ArrayList<>(1);
        if (lost) {
            effects.add(new FollowerEffect.TellOfLoss(highWatermark, after.end()));
        }
        boolean cut = after.end() < log.end();
        log = after;
        highWatermark = Math.clamp(highWatermark, log.start(), log.end());
        if (isDamageGone() && !cut) {
            effects.add(new FollowerEffect.Ask());
        } else if (!cut) {
            tellDurableEnd(effects);
        }
        return effects;
    }

    /** The records that were damaged were deleted, or are none of the leader's and were cut off. */
    private boolean isDamageGone() {
        Damage known = damage;
        if (known == null || (log.start() <= known.offset() && known.offset() < log.end())) {
            return false;
        }
        damage = null;
        return true;
    }

    /**
     * The log is damaged from the offset on.
     *
     * @param epochBefore leader epoch of the batch before it, or {@link ReplicaPull#NO_EPOCH}
     */
    public List<FollowerEffect> damaged(long offset, int epochBefore) {
        damage = new Damage(offset, epochBefore, false);
        return ask();
    }

    private List<FollowerEffect> makeWay(Damage known, ByteBuffer bytes) {
        if (BatchCheck.headerProblem(bytes).isPresent()) {
            return List.of(pause(backoff.afterFailure()));
        }
        if (known.withdrawing() || BatchHeader.at(bytes).baseOffset() > known.offset()) {
            return List.of(); // or the answer to an earlier position
        }
        damage = new Damage(known.offset(), known.epochBefore(), true);
        return List.of(new FollowerEffect.Withdraw(known.offset()));
    }

    /** The controller was told of the damage that begins at the offset; nobody counts on this replica any more, or all do still. */
    public List<FollowerEffect> withdrawn(long offset, boolean granted) {
        Damage known = damage;
        if (known == null || !known.withdrawing() || known.offset() != offset) {
            return List.of();
        }
        damage = new Damage(offset, known.epochBefore(), false);
        return List.of(granted ? new FollowerEffect.Quarantine(offset) : pause(WITHDRAWAL_PAUSE));
    }

    /** The log ends where the damage began, or before. */
    public List<FollowerEffect> quarantined(LogEdges after) {
        damage = null;
        log = after;
        highWatermark = Math.clamp(highWatermark, log.start(), log.end());
        return List.of(new FollowerEffect.Ask());
    }

    /** This follower follows no longer. */
    public List<FollowerEffect> leave() {
        return session == NO_SESSION ? List.of() : List.of(send(ReplicaPull.Wants.TO_LEAVE));
    }

    public long highWatermark() {
        return highWatermark;
    }

    /** Committed records, as far as the leader has told, that this log does not have yet. */
    public long lag() {
        return Math.max(0, leaderHighWatermark - log.end());
    }

    private void note(long newHighWatermark, long newLogStart) {
        leaderHighWatermark = Math.max(leaderHighWatermark, newHighWatermark);
        leaderLogStart = Math.max(leaderLogStart, newLogStart);
    }

    /** Takes over what the leader has said, as far as this log reaches. */
    private void settle(List<FollowerEffect> effects) {
        highWatermark = Math.max(highWatermark, Math.min(leaderHighWatermark, log.end()));
        if (leaderLogStart > log.start() && !log.isEmpty()) {
            effects.add(new FollowerEffect.AdvanceLogStart(Math.min(leaderLogStart, log.end())));
        }
    }

    private void requestSyncIfNeeded(List<FollowerEffect> effects) {
        if (term.durability() == Durability.FSYNC && log.durableEnd() < log.end()) {
            effects.add(new FollowerEffect.RequestSync());
        }
    }

    private void tellDurableEnd(List<FollowerEffect> effects) {
        if (session != NO_SESSION && durableEnd() > toldDurableEnd) {
            effects.add(send(ReplicaPull.Wants.NOTHING));
        }
    }

    private FollowerEffect pause(Duration delay) {
        return new FollowerEffect.Pause(delay, ++pauses);
    }

    private FollowerEffect send(ReplicaPull.Wants wants) {
        toldDurableEnd = durableEnd();
        Damage known = damage;
        return new FollowerEffect.Send(
                session,
                new ReplicaPull.Position(
                        term.topicId(),
                        term.partition().partition(),
                        term.leaderEpoch(),
                        known == null ? log.end() : known.offset(),
                        known == null ? log.lastEpoch() : known.epochBefore(),
                        durableEnd(),
                        wants));
    }

    private long durableEnd() {
        long end = term.durability() == Durability.FSYNC ? log.durableEnd() : log.end();
        Damage known = damage;
        return known == null ? end : Math.min(end, known.offset());
    }
}
