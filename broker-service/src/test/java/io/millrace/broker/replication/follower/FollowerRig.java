package io.millrace.broker.replication.follower;

import io.millrace.broker.log.AppendedAsFollower;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.metadata.Durability;
import io.millrace.core.metadata.Reassignment;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A follower over a real log, whose effects are performed at once, but for syncs and for what others would do. */
final class FollowerRig {
    static final TopicPartition ORDERS = new TopicPartition("orders", 0);
    static final TopicId ID = new TopicId(new UUID(0, 1));
    static final int LEADER = 1;
    static final int EPOCH = 9;
    static final long SESSION = 1;

    private final EpochLog log;
    private final PartitionFollower follower;
    private final List<ReplicaPull.Position> sent = new ArrayList<>();
    private final List<FollowerEffect.Pause> pauses = new ArrayList<>();
    private final List<FollowerEffect.TellOfLoss> losses = new ArrayList<>();
    private final List<AppendedAsFollower> appended = new ArrayList<>();
    private final List<Long> withdrawn = new ArrayList<>();
    private Duration pauseAfterAppends = Duration.ZERO;
    private boolean syncWanted;

    FollowerRig(EpochLog log, Durability durability, long highWatermark) {
        this.log = log;
        this.follower = new PartitionFollower(term(durability), log.edges(), highWatermark);
        perform(follower.begin());
    }

    FollowerRig(EpochLog log) {
        this(log, Durability.FSYNC, log.log().logStartOffset());
    }

    static FollowerTerm term(Durability durability) {
        return new FollowerTerm(ORDERS, ID, LEADER, EPOCH, durability, Reassignment.UNLIMITED);
    }

    static ReplicaPart.Records records(ByteBuffer bytes, long highWatermark, long logStart) {
        return new ReplicaPart.Records(ID, 0, EPOCH, new BytesSlice(bytes), highWatermark, logStart);
    }

    FollowerRig inSession() {
        begin(SESSION);
        return this;
    }

    void begin(long session) {
        perform(follower.sessionBegan(session));
    }

    FollowerRig pausingAfterAppends(Duration pause) {
        pauseAfterAppends = pause;
        return this;
    }

    void changeTerm(FollowerTerm term) {
        perform(follower.changeTerm(term));
    }

    void take(ReplicaPart part) {
        take(SESSION, part);
    }

    void take(long session, ReplicaPart part) {
        if (follower.listensTo(session, part)) {
            perform(
                    switch (part) {
                        case ReplicaPart.Records records -> follower.records(records, bytesOf(records));
                        case ReplicaPart.Progress progress -> follower.progress(progress);
                        case ReplicaPart.Diverging diverging ->
                            follower.diverging(diverging, log.log().endOfEpoch(diverging.endEpoch()));
                        case ReplicaPart.StartsLater later -> follower.startsLater(later);
                        case ReplicaPart.Refused ignored -> follower.refused();
                    });
        }
    }

    private static ByteBuffer bytesOf(ReplicaPart.Records records) {
        try {
            return records.records().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the leader until it has nothing more to say; returns how often it had to be asked. */
    int converge(ModelLeader leader) throws IOException {
        int answers = 0;
        for (ReplicaPart part = leader.answer(lastWish()); part != null; part = leader.answer(lastWish())) {
            int before = sent.size();
            take(part);
            answers++;
            if (answers > 1_000 || sent.size() == before) {
                throw new AssertionError("After " + answers + " answers the follower still asks " + lastWish());
            }
        }
        return answers;
    }

    void damaged(long offset) {
        perform(follower.damaged(offset, log.log().epochAt(offset - 1).orElse(ReplicaPull.NO_EPOCH)));
    }

    void answerWithdrawal(long offset, boolean granted) {
        perform(follower.withdrawn(offset, granted));
    }

    /** From where on it wanted to be withdrawn, each time. */
    List<Long> withdrawn() {
        return withdrawn;
    }

    void finishSync() {
        syncWanted = false;
        log.sync();
        perform(follower.changed(log.edges()));
    }

    void endPause(FollowerEffect.Pause pause) {
        perform(follower.pauseOver(pause.number()));
    }

    void leave() {
        perform(follower.leave());
    }

    private void perform(List<FollowerEffect> effects) {
        try {
            for (FollowerEffect effect : effects) {
                perform(effect);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void perform(FollowerEffect effect) throws IOException {
        switch (effect) {
            case FollowerEffect.Send(long ignored, ReplicaPull.Position position) -> sent.add(position);
            case FollowerEffect.Append(ByteBuffer records) -> {
                appended.add(log.log().appendAsFollower(records, EPOCH, 0));
                perform(follower.appended(appended.getLast(), log.edges(), pauseAfterAppends));
            }
            case FollowerEffect.Truncate(long offset) -> {
                log.log().truncateTo(offset, 0);
                perform(follower.changed(log.edges()));
            }
            case FollowerEffect.Restart(long offset) -> {
                log.log().restartAt(offset, 0);
                perform(follower.changed(log.edges()));
            }
            case FollowerEffect.AdvanceLogStart(long offset) -> {
                log.log().advanceStart(offset);
                perform(follower.changed(log.edges()));
            }
            case FollowerEffect.Withdraw(long offset) -> withdrawn.add(offset);
            case FollowerEffect.Quarantine(long offset) -> {
                log.log().quarantine(offset, 0);
                perform(follower.quarantined(log.edges()));
            }
            case FollowerEffect.RequestSync() -> syncWanted = true;
            case FollowerEffect.Ask() -> perform(follower.ask());
            case FollowerEffect.Pause pause -> pauses.add(pause);
            case FollowerEffect.TellOfLoss loss -> losses.add(loss);
        }
    }

    EpochLog log() {
        return log;
    }

    long highWatermark() {
        return follower.highWatermark();
    }

    List<ReplicaPull.Position> sent() {
        return sent;
    }

    ReplicaPull.Position lastSent() {
        return sent.getLast();
    }

    private ReplicaPull.Position lastWish() {
        return sent.reversed().stream()
                .filter(position -> position.wants() == ReplicaPull.Wants.RECORDS)
                .findFirst()
                .orElseThrow();
    }

    List<FollowerEffect.Pause> pauses() {
        return pauses;
    }

    List<FollowerEffect.TellOfLoss> losses() {
        return losses;
    }

    boolean isSyncWanted() {
        return syncWanted;
    }

    AppendedAsFollower lastAppended() {
        return appended.getLast();
    }
}
