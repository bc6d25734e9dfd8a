package io.millrace.broker.partitions;

import io.millrace.broker.log.AppendedAsFollower;
import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.log.ReceivedProblem;
import io.millrace.broker.replication.follower.FollowedPartition;
import io.millrace.broker.replication.follower.FollowerEffect;
import io.millrace.broker.replication.follower.FollowerTerm;
import io.millrace.broker.replication.follower.LogEdges;
import io.millrace.broker.replication.follower.PartitionFollower;
import io.millrace.broker.replication.leader.AppendCommand;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.model.TopicId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Performs what a {@link PartitionFollower} decides: writes what the leader sends, cuts, asks for syncs, tells the leader.
 * Confined to the partition's event loop, but for what a session calls.
 */
final class FollowerRole implements PartitionRole, FollowedPartition {
    private final PartitionDriver partition;
    private final PartitionSurroundings surroundings;
    private final PartitionFollower follower;
    private final InheritedAppends inherited;
    private FollowerTerm term;
    private long servedUpTo;
    private long toldLag;
    private boolean ended;

    FollowerRole(
            PartitionDriver partition,
            PartitionSurroundings surroundings,
            FollowerTerm term,
            InheritedAppends inherited) {
        this.partition = partition;
        this.surroundings = surroundings;
        this.term = term;
        this.inherited = inherited;
        this.servedUpTo = partition.highWatermark();
        this.follower = new PartitionFollower(term, edges(), servedUpTo);
    }

    /** Looks for the leader. */
    void begin() {
        perform(follower.begin());
        damageFound();
        expireInherited();
        surroundings.links().join(term.leader(), this);
    }

    /** Whether the term differs from that of this role by options only. */
    boolean isContinuedBy(FollowerTerm next) {
        return next.continues(term);
    }

    void changeTerm(FollowerTerm next) {
        term = next;
        perform(follower.changeTerm(next));
    }

    @Override
    public TopicId topicId() {
        return term.topicId();
    }

    @Override
    public int partition() {
        return term.partition().partition();
    }

    @Override
    public void sessionBegan(long session) {
        post(() -> perform(follower.sessionBegan(session)));
    }

    @Override
    public void received(long session, ReplicaPart part) {
        post(() -> {
            if (follower.listensTo(session, part)) {
                take(part);
            }
        });
    }

    @Override
    public void syncedUpTo(long offset) {
        perform(follower.changed(edges()));
    }

    /** Old segments were dropped from the log. */
    void logStartMoved() {
        perform(follower.changed(edges()));
    }

    @Override
    public void damageFound() {
        long offset = partition.damage().known().first();
        if (offset != KnownDamage.NONE) {
            inherited.refuseAll(new Refusal.StorageFailed("The log is damaged here."));
            int epochBefore = partition.log().epochAt(offset - 1).orElse(ReplicaPull.NO_EPOCH);
            perform(follower.damaged(offset, epochBefore));
        }
    }

    @Override
    public long highWatermark() {
        return follower.highWatermark();
    }

    @Override
    public int leaderEpoch() {
        return term.leaderEpoch();
    }

    @Override
    public List<AppendCommand> handOver() {
        return inherited.takeAll();
    }

    @Override
    public void end(Refusal why) {
        perform(follower.leave());
        ended = true;
        inherited.refuseAll(why);
        tellLag(0);
        surroundings.links().leave(term.leader(), this);
    }

    private void post(Runnable task) {
        surroundings
                .loop()
                .post(() -> partition.guard(() -> {
                    if (!ended) {
                        task.run();
                    }
                }));
    }

    private void take(ReplicaPart part) {
        switch (part) {
            case ReplicaPart.Records records -> takeRecords(records);
            case ReplicaPart.Progress progress -> perform(follower.progress(progress));
            case ReplicaPart.Diverging diverging ->
                perform(follower.diverging(diverging, partition.log().endOfEpoch(diverging.endEpoch())));
            case ReplicaPart.StartsLater later -> perform(follower.startsLater(later));
            case ReplicaPart.Refused refused -> {
                surroundings.observer().notServedByLeader(partition.name(), refused.why());
                perform(follower.refused());
            }
        }
    }

    /** What cannot be read was sent badly: it says nothing about the disk here. */
    private void takeRecords(ReplicaPart.Records part) {
        ByteBuffer bytes;
        try {
            bytes = part.records().read();
        } catch (IOException e) {
            surroundings.observer().badRecords(partition.name(), "They could not be read: " + e.getMessage());
            perform(follower.unreadable());
            return;
        }
        perform(follower.records(part, bytes));
    }

    private void perform(List<FollowerEffect> effects) {
        for (FollowerEffect effect : effects) {
            if (ended) {
                return; // the log has failed: nothing that comes behind is true any more
            }
            switch (effect) {
                case FollowerEffect.Send(long session, ReplicaPull.Position position) ->
                    surroundings.links().send(term.leader(), session, position);
                case FollowerEffect.Append(ByteBuffer records) -> append(records);
                case FollowerEffect.Truncate(long offset) ->
                    change(
                            "Cutting the log",
                            offset,
                            log -> log.truncateTo(offset, surroundings.clock().wallMillis()));
                case FollowerEffect.Restart(long offset) ->
                    change(
                            "Beginning anew",
                            offset,
                            log -> log.restartAt(offset, surroundings.clock().wallMillis()));
                case FollowerEffect.AdvanceLogStart(long offset) ->
                    change("The deletion of records", offset, log -> log.advanceStart(offset));
                case FollowerEffect.RequestSync() -> partition.requestSync();
                case FollowerEffect.Ask() -> perform(follower.ask());
                case FollowerEffect.Pause(Duration delay, long number) ->
                    surroundings.loop().schedule(delay, () -> post(() -> perform(follower.pauseOver(number))));
                case FollowerEffect.Withdraw(long offset) -> withdraw(offset);
                case FollowerEffect.Quarantine(long offset) -> quarantine(offset);
                case FollowerEffect.TellOfLoss(long highWatermark, long logEnd) ->
                    surroundings.observer().cutBelowHighWatermark(partition.name(), highWatermark, logEnd);
            }
        }
        tellProgress();
    }

    private void tellProgress() {
        if (ended) {
            return;
        }
        tellLag(follower.lag());
        long committed = follower.highWatermark();
        if (committed != servedUpTo) {
            servedUpTo = committed;
            inherited.takeCommitted(committed, partition::acknowledge);
            partition.readers().refresh(partition);
        }
    }

    private void expireInherited() {
        if (!ended && !inherited.isEmpty()) {
            inherited.expire(partition.nowNanos());
            surroundings.loop().schedule(LeaderRole.EXPIRY_TICK, () -> partition.guard(this::expireInherited));
        }
    }

    private void tellLag(long lag) {
        if (lag != toldLag) {
            toldLag = lag;
            surroundings.observer().lags(partition.name(), lag);
        }
    }

    private interface Change {
        void make(PartitionLog log) throws IOException;
    }

    private void change(String what, long offset, Change change) {
        long before = partition.log().logEndOffset();
        try {
            change.make(partition.log());
            partition.damage().known().review();
        } catch (IOException e) {
            partition.changeFailed(what, e, offset);
            if (!ended) {
                perform(follower.unreadable());
            }
            return;
        }
        long after = partition.log().logEndOffset();
        if (after < before) {
            partition.noteCut();
            inherited.cutAt(after);
            surroundings.observer().cut(partition.name(), before, after);
        }
        perform(follower.changed(edges()));
    }

    private void withdraw(long offset) {
        var _ = partition
                .damage()
                .withdraw()
                .thenAccept(granted -> post(() -> perform(follower.withdrawn(offset, granted))));
    }

    private void quarantine(long offset) {
        long before = partition.log().logEndOffset();
        try {
            partition.log().quarantine(offset, surroundings.clock().wallMillis());
        } catch (IOException e) {
            partition.diskFailed("Keeping a damaged range aside", e);
            return;
        }
        partition.damage().known().cut(partition.log().logEndOffset(), before);
        partition.noteCut();
        perform(follower.quarantined(edges()));
    }

    private void append(ByteBuffer records) {
        AppendedAsFollower outcome;
        try {
            outcome = partition
                    .log()
                    .appendAsFollower(
                            records, term.leaderEpoch(), surroundings.clock().wallMillis());
        } catch (IOException e) {
            partition.diskFailed("A write", e);
            return;
        }
        if (outcome.batches() > 0) {
            partition.wrote(outcome.bytes());
            surroundings.observer().replicated(partition.name(), outcome.bytes());
            partition.damage().known().reached(partition.log().logEndOffset());
        }
        outcome.problem()
                .map(ReceivedProblem::message)
                .ifPresent(message -> surroundings.observer().badRecords(partition.name(), message));
        Duration pause =
                surroundings.links().throttle().take(outcome.bytes(), term.bytesPerSecond(), partition.nowNanos());
        perform(follower.appended(outcome, edges(), pause));
    }

    private LogEdges edges() {
        PartitionLog log = partition.log();
        return new LogEdges(
                log.logStartOffset(),
                log.logEndOffset(),
                log.durableEndOffset(),
                log.latestEpoch().orElse(ReplicaPull.NO_EPOCH));
    }
}
