package io.millrace.broker.partitions;

import io.millrace.broker.log.producers.ProducerBatch;
import io.millrace.broker.replication.leader.AppendCommand;
import io.millrace.broker.replication.leader.InSyncAnswer;
import io.millrace.broker.replication.leader.InSyncWish;
import io.millrace.broker.replication.leader.LeaderEffect;
import io.millrace.broker.replication.leader.LeaderTerm;
import io.millrace.broker.replication.leader.LogEnds;
import io.millrace.broker.replication.leader.PartitionLeader;
import io.millrace.broker.replication.leader.ReplicaReport;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.model.TimestampType;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Performs what a {@link PartitionLeader} decides: writes, asks for syncs, answers, has in-sync sets changed. Confined to the
 * partition's event loop.
 */
final class LeaderRole implements PartitionRole {
    /** How often appends are looked at whose sender may have stopped waiting. */
    static final Duration EXPIRY_TICK = Duration.ofMillis(50);

    private final PartitionDriver partition;
    private final PartitionSurroundings surroundings;
    private final PartitionLeader leader;
    private final ReplicaDesk desk;
    private TimestampType timestampType;
    private boolean ticking;
    private boolean reviewing;
    private boolean ended;

    LeaderRole(
            PartitionDriver partition,
            PartitionSurroundings surroundings,
            LeaderTerm term,
            TimestampType timestampType) {
        this.partition = partition;
        this.surroundings = surroundings;
        this.timestampType = timestampType;
        this.leader = new PartitionLeader(
                term,
                new LogEnds(
                        partition.log().logEndOffset(), partition.log().durableEndOffset(), partition.highWatermark()),
                surroundings.leaders().lagTimeMax().toNanos(),
                now());
        this.desk = new ReplicaDesk(partition, this);
    }

    PartitionLeader leader() {
        return leader;
    }

    ReplicaDesk desk() {
        return desk;
    }

    /** Does what there is to do before the first append. */
    void begin() {
        surroundings.observer().leads(partition.name(), leader.leaderEpoch());
        perform(leader.begin());
        reviewWhileThereAreFollowers();
    }

    /** The picture changed, and this broker still leads. */
    void changeTerm(LeaderTerm term, TimestampType newTimestampType) {
        timestampType = newTimestampType;
        if (term.leaderEpoch() != leader.leaderEpoch()) {
            surroundings.observer().leads(partition.name(), term.leaderEpoch());
            desk.dismissAll(new Refusal.StaleEpoch(
                    "Partition " + partition.name() + " has leader epoch " + term.leaderEpoch() + " now."));
        }
        perform(leader.changeTerm(term, now()));
        reviewWhileThereAreFollowers();
    }

    void append(AppendCommand append) {
        Refusal closed = closedBecause();
        if (closed == null) {
            perform(leader.append(append, partition.log().producers().verdictOn(append.batch())));
        } else {
            append.answerTo().accept(Outcome.refused(closed));
        }
    }

    /** A follower says where it stands; its log is a beginning of this one. */
    void replicaReported(ReplicaLink link, int controllerEpoch, ReplicaPull.Position position) {
        ReplicaReport report = new ReplicaReport(
                link.brokerId(), link.brokerEpoch(), controllerEpoch, position.fetchOffset(), position.durableEnd());
        perform(leader.replicaReported(report, surroundings.leaders().brokers().get(), now()));
    }

    /** A follower follows no longer. */
    void replicaLeft(ReplicaLink link) {
        leader.replicaLeft(link.brokerId());
    }

    /** Who is in sync? */
    void review() {
        if (!ended) {
            perform(leader.review(surroundings.leaders().brokers().get(), now()));
        }
    }

    @Override
    public void syncedUpTo(long offset) {
        perform(leader.syncedUpTo(offset));
    }

    @Override
    public long highWatermark() {
        return leader.highWatermark();
    }

    /** Goes on leading with what is whole, until the controller has found another leader or as long as there is none. */
    @Override
    public void damageFound() {}

    @Override
    public int leaderEpoch() {
        return leader.leaderEpoch();
    }

    @Override
    public List<AppendCommand> handOver() {
        return leader.handOver();
    }

    @Override
    public void end(Refusal why) {
        ended = true;
        desk.dismissAll(why);
        perform(leader.resign(why));
    }

    private @Nullable Refusal closedBecause() {
        return surroundings.gate().closedBecause(now());
    }

    private long now() {
        return surroundings.clock().nanoTime();
    }

    private void perform(List<LeaderEffect> effects) {
        for (LeaderEffect effect : effects) {
            switch (effect) {
                case LeaderEffect.AppendToLog(AppendCommand append, long baseOffset, int epoch) ->
                    write(append, baseOffset, epoch);
                case LeaderEffect.Repeat(AppendCommand append, ProducerBatch original) -> repeat(append, original);
                case LeaderEffect.RequestSync() -> partition.requestSync();
                case LeaderEffect.AdvanceHighWatermark(long highWatermark) -> {
                    surroundings.observer().committed(partition.name(), leader.leaderEpoch(), highWatermark);
                    partition.readers().refresh(partition);
                    desk.progressMoved();
                }
                case LeaderEffect.RequestInSyncChange(InSyncWish wish) -> request(wish);
                case LeaderEffect.InSyncSetChanged(int lost, int gained) ->
                    surroundings.observer().inSyncSetChanged(partition.name(), lost, gained);
                case LeaderEffect.Acknowledge(AppendCommand append) -> acknowledge(append);
                case LeaderEffect.Refuse(AppendCommand append, Refusal refusal) ->
                    append.answerTo().accept(Outcome.refused(refusal));
            }
        }
    }

    private void request(InSyncWish wish) {
        LeaderTerm term = leader.term();
        surroundings
                .leaders()
                .inSync()
                .request(
                        term.topicId(),
                        term.partition().partition(),
                        wish,
                        answer -> surroundings.loop().post(() -> partition.guard(() -> answered(wish, answer))));
    }

    private void answered(InSyncWish wish, InSyncAnswer answer) {
        if (!ended && wish.leaderEpoch() == leader.leaderEpoch()) {
            perform(leader.inSyncChangeAnswered(wish.partitionEpoch(), answer));
        }
    }

    /** What was written on a lease that has run out since is not acknowledged: another broker may lead by now. */
    private void acknowledge(AppendCommand append) {
        Refusal closed = closedBecause();
        if (closed == null) {
            partition.acknowledge(append);
        } else {
            append.answerTo()
                    .accept(Outcome.refused(new Refusal.TimedOut("The append to partition " + partition.name()
                            + " was not acknowledged, but may still stand. " + closed.message())));
        }
    }

    private void write(AppendCommand append, long baseOffset, int epoch) {
        try {
            writeToLog(append.batch(), baseOffset, epoch);
        } catch (IOException e) {
            partition.diskFailed("A write", e);
            append.answerTo().accept(Outcome.refused(partition.refusal()));
            return;
        } catch (RuntimeException bug) {
            partition.giveUp(bug);
            append.answerTo().accept(Outcome.refused(partition.refusal()));
            throw bug;
        }
        if (!ended) {
            perform(leader.appended(append, now()));
            desk.logEndMoved();
            tickWhileSomeoneWaits();
        }
    }

    /** From here on it cannot be told from its original, so all that answers the one answers the other, in any role. */
    private void repeat(AppendCommand append, ProducerBatch original) {
        int epoch = partition.log().epochAt(original.baseOffset()).orElse(leader.leaderEpoch());
        append.batch().assign(original.baseOffset(), epoch);
        if (original.logAppendTime()) {
            append.batch().stampLogAppendTime(original.maxTimestampMillis());
        }
        perform(leader.repeated(append.asRepetition()));
        tickWhileSomeoneWaits();
    }

    private void writeToLog(RecordBatch batch, long baseOffset, int epoch) throws IOException {
        long nowMillis = surroundings.clock().wallMillis();
        batch.assign(baseOffset, epoch);
        if (timestampType == TimestampType.LOG_APPEND_TIME) {
            batch.stampLogAppendTime(nowMillis);
        }
        partition.log().append(batch, nowMillis);
        partition.wrote(batch.sizeInBytes());
        surroundings.observer().appended(partition.name(), batch.sizeInBytes(), batch.recordCount());
    }

    private void tickWhileSomeoneWaits() {
        if (!ticking && leader.hasWaitingAppends()) {
            ticking = true;
            surroundings.loop().schedule(EXPIRY_TICK, () -> partition.guard(this::tick));
        }
    }

    private void tick() {
        ticking = false;
        if (!ended) {
            perform(leader.expire(now()));
            tickWhileSomeoneWaits();
        }
    }

    private void reviewWhileThereAreFollowers() {
        if (!reviewing && leader.term().replicas().size() > 1) {
            reviewing = true;
            surroundings
                    .loop()
                    .schedule(
                            surroundings.leaders().reviewInterval(),
                            () -> partition.guard(() -> {
                                reviewing = false;
                                if (!ended) {
                                    review();
                                    reviewWhileThereAreFollowers();
                                }
                            }));
        }
    }
}
