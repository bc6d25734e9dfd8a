package io.millrace.broker.partitions;

import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.log.PendingSync;
import io.millrace.broker.log.segment.CorruptSegmentException;
import io.millrace.broker.replication.leader.AppendCommand;
import io.millrace.broker.replication.leader.LeaderEffect;
import io.millrace.broker.replication.leader.LeaderTerm;
import io.millrace.broker.replication.leader.PartitionLeader;
import io.millrace.broker.storage.CommitRound;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.SyncTarget;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TimestampType;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Performs what a {@link PartitionLeader} decides: writes, syncs, answers. Confined to the partition's event loop, but
 * for {@link #startSync}.
 */
final class PartitionDriver implements SyncTarget {
    /** How often appends are looked at whose sender may have stopped waiting. */
    private static final Duration EXPIRY_TICK = Duration.ofMillis(50);

    private final TopicPartition name;
    private final PartitionLog log;
    private final LogDirectory home;
    private final PartitionSurroundings surroundings;
    private final PartitionReaders readers = new PartitionReaders();
    private TimestampType timestampType = TimestampType.CREATE_TIME;
    private @Nullable PartitionLeader leader;
    private boolean syncRequested;
    private boolean syncing;
    private boolean ticking;
    private long bytesToSync;
    private int appendsToSync;
    private @Nullable Refusal stopped;
    private @Nullable Runnable whenQuiet;

    PartitionDriver(TopicPartition name, PartitionLog log, LogDirectory home, PartitionSurroundings surroundings) {
        this.name = name;
        this.log = log;
        this.home = home;
        this.surroundings = surroundings;
    }

    TopicPartition name() {
        return name;
    }

    PartitionLog log() {
        return log;
    }

    PartitionReaders readers() {
        return readers;
    }

    /** The leader, or null while this broker does not lead. */
    @Nullable
    PartitionLeader leader() {
        return leader;
    }

    /** This broker leads on this term. */
    void lead(LeaderTerm term, TimestampType newTimestampType) {
        timestampType = newTimestampType;
        PartitionLeader present = leader;
        if (present != null) {
            perform(present.changeTerm(term));
            return;
        }
        PartitionLeader next =
                new PartitionLeader(term, log.logEndOffset(), log.durableEndOffset(), log.logStartOffset());
        leader = next;
        perform(next.begin());
    }

    /** This broker does not lead (any more). */
    void resign(Refusal why) {
        PartitionLeader present = leader;
        if (present != null) {
            leader = null;
            perform(present.resign(why));
            readers.dismiss(why);
        }
    }

    void append(AppendCommand append) {
        PartitionLeader present = leader;
        if (present == null) {
            append.answerTo().accept(Outcome.refused(refusal()));
            return;
        }
        Refusal closed = closedBecause();
        if (closed == null) {
            perform(present.append(append));
        } else {
            append.answerTo().accept(Outcome.refused(closed));
        }
    }

    private @Nullable Refusal closedBecause() {
        return surroundings.gate().closedBecause(surroundings.clock().nanoTime());
    }

    /** What someone who needs the leader is told here while there is none. */
    Refusal refusal() {
        Refusal why = stopped;
        return why == null ? new Refusal.NotLeader(name) : why;
    }

    /** Serves nobody any more, and never touches the log again but by a sync that is under way. */
    void stop(Refusal why) {
        if (stopped == null) {
            stopped = why;
            resign(why);
        }
    }

    /** Runs the task as soon as no sync is under way. */
    void whenQuiet(Runnable task) {
        if (syncing) {
            whenQuiet = task;
        } else {
            task.run();
        }
    }

    /** Gives up the directory after an error of its disk. */
    void diskFailed(String what, IOException cause) {
        home.fail(what + " failed in partition " + name, cause);
        home.refusal().ifPresent(this::stop);
    }

    /** Gives up the directory, or only this partition when the disk works and the log's content is at fault. */
    void changeFailed(String what, IOException cause) {
        if (cause instanceof CorruptSegmentException) {
            giveUp(cause);
        } else {
            diskFailed(what, cause);
        }
    }

    /** Has all of the log made durable, whatever the topic's durability asks for. */
    void syncWhatIsNotDurable() {
        if (log.durableEndOffset() < log.logEndOffset()) {
            requestSync();
        }
    }

    /** Stops this partition alone: what it holds cannot be read, or a bug has shown itself in it. */
    void giveUp(Exception cause) {
        log.distrust(cause);
        if (stopped != null) {
            return;
        }
        surroundings.observer().stopped(name, cause);
        stop(
                new Refusal.StorageFailed(
                        "Partition " + name
                                + " is out of service until the broker is started again: an error shows that its state cannot be trusted."));
    }

    private void perform(List<LeaderEffect> effects) {
        for (LeaderEffect effect : effects) {
            switch (effect) {
                case LeaderEffect.AppendToLog(AppendCommand append, long baseOffset, int epoch) ->
                    write(append, baseOffset, epoch);
                case LeaderEffect.RequestSync() -> requestSync();
                case LeaderEffect.AdvanceHighWatermark(long ignored) -> readers.refresh(this);
                case LeaderEffect.Acknowledge(AppendCommand append) -> acknowledge(append);
                case LeaderEffect.Refuse(AppendCommand append, Refusal refusal) ->
                    append.answerTo().accept(Outcome.refused(refusal));
            }
        }
    }

    /** What was written on a lease that has run out since is not acknowledged: another broker may lead by now. */
    private void acknowledge(AppendCommand append) {
        Refusal closed = closedBecause();
        append.answerTo()
                .accept(
                        closed == null
                                ? Outcome.done(appended(append.batch()))
                                : Outcome.refused(new Refusal.TimedOut("The append to partition " + name
                                        + " was not acknowledged, but may still stand. " + closed.message())));
    }

    private void write(AppendCommand append, long baseOffset, int epoch) {
        try {
            writeToLog(append.batch(), baseOffset, epoch);
        } catch (IOException e) {
            diskFailed("A write", e);
            append.answerTo().accept(Outcome.refused(refusal()));
            return;
        } catch (RuntimeException bug) {
            giveUp(bug);
            append.answerTo().accept(Outcome.refused(refusal()));
            throw bug;
        }
        PartitionLeader present = leader;
        if (present != null) {
            perform(present.appended(append));
            tickWhileSomeoneWaits(present);
        }
    }

    private void writeToLog(RecordBatch batch, long baseOffset, int epoch) throws IOException {
        long nowMillis = surroundings.clock().wallMillis();
        batch.assign(baseOffset, epoch);
        if (timestampType == TimestampType.LOG_APPEND_TIME) {
            batch.stampLogAppendTime(nowMillis);
        }
        log.append(batch, nowMillis);
        bytesToSync += batch.sizeInBytes();
        appendsToSync++;
        surroundings.observer().appended(name, batch.sizeInBytes(), batch.recordCount());
    }

    private Appended appended(RecordBatch batch) {
        boolean stamped = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
        return new Appended(
                batch.baseOffset(), batch.lastOffset(), stamped ? batch.maxTimestamp() : -1, log.logStartOffset());
    }

    private void requestSync() {
        if (!syncRequested) {
            syncRequested = true;
            home.commit().request(this);
        }
    }

    @Override
    public void startSync(CommitRound round) {
        post(() -> beginSync(round));
    }

    private void beginSync(CommitRound round) {
        syncRequested = false;
        if (stopped != null) {
            round.skip();
            return;
        }
        try {
            log.pendingSync().ifPresentOrElse(sync -> run(sync, round), round::skip);
        } catch (IOException e) {
            diskFailed("A sync", e);
            round.skip();
        } catch (RuntimeException bug) {
            // The round must end for the other partitions.
            round.skip();
            throw bug;
        }
    }

    private void run(PendingSync sync, CommitRound round) {
        syncing = true;
        round.run(sync, bytesToSync, appendsToSync, () -> post(() -> synced(sync)));
        bytesToSync = 0;
        appendsToSync = 0;
    }

    private void synced(PendingSync sync) {
        syncing = false;
        if (!home.isFailed() && !log.isOutOfService()) {
            reportDurableEnd(sync);
        }
        Runnable quiet = whenQuiet;
        if (quiet != null) {
            whenQuiet = null;
            quiet.run();
        }
    }

    private void reportDurableEnd(PendingSync sync) {
        try {
            long durableEnd = log.syncedUpTo(sync.endOffset());
            PartitionLeader present = leader;
            if (present != null) {
                perform(present.syncedUpTo(durableEnd));
            }
        } catch (IOException e) {
            diskFailed("A sync", e);
        }
    }

    private void tickWhileSomeoneWaits(PartitionLeader present) {
        if (!ticking && present.hasWaitingAppends()) {
            ticking = true;
            surroundings.loop().schedule(EXPIRY_TICK, () -> guard(this::tick));
        }
    }

    private void tick() {
        ticking = false;
        PartitionLeader present = leader;
        if (present != null) {
            perform(present.expire(surroundings.clock().nanoTime()));
            tickWhileSomeoneWaits(present);
        }
    }

    private void post(Runnable task) {
        surroundings.loop().post(() -> guard(task));
    }

    /** Runs a task that belongs to this partition; a bug in it stops the partition, and goes on to the loop's handler. */
    void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            giveUp(bug);
            throw bug;
        }
    }
}
