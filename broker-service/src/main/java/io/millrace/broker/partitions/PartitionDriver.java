package io.millrace.broker.partitions;

import io.millrace.broker.log.PartitionLog;
import io.millrace.broker.log.PendingSync;
import io.millrace.broker.log.segment.CorruptSegmentException;
import io.millrace.broker.replication.follower.FollowerTerm;
import io.millrace.broker.replication.leader.AppendCommand;
import io.millrace.broker.replication.leader.LeaderTerm;
import io.millrace.broker.replication.leader.PartitionLeader;
import io.millrace.broker.storage.CommitRound;
import io.millrace.broker.storage.LogDirectory;
import io.millrace.broker.storage.SyncTarget;
import io.millrace.core.api.Appended;
import io.millrace.core.api.Outcome;
import io.millrace.core.api.Refusal;
import io.millrace.core.model.TimestampType;
import io.millrace.core.model.TopicId;
import io.millrace.core.model.TopicPartition;
import io.millrace.core.records.RecordBatch;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of a partition that is open, and the {@link PartitionRole} that this broker plays for it: has it synced, and gives
 * it up when it fails. Confined to the partition's event loop, but for {@link #startSync}.
 */
final class PartitionDriver implements SyncTarget {
    private final TopicPartition name;
    private final TopicId topicId;
    private final PartitionLog log;
    private final LogDirectory home;
    private final PartitionSurroundings surroundings;
    private final PartitionReaders readers = new PartitionReaders();
    private final PartitionDamage damage;
    private @Nullable PartitionRole role;
    private long lastHighWatermark;
    private boolean syncRequested;
    private boolean syncing;
    private long bytesToSync;
    private int appendsToSync;
    private @Nullable Refusal stopped;
    private @Nullable Runnable whenQuiet;

    /**
     * Drives an open log.
     *
     * @param highWatermark what was written down of it last
     */
    PartitionDriver(
            TopicPartition name,
            TopicId topicId,
            PartitionLog log,
            LogDirectory home,
            PartitionSurroundings surroundings,
            long highWatermark) {
        this.name = name;
        this.topicId = topicId;
        this.log = log;
        this.home = home;
        this.surroundings = surroundings;
        this.lastHighWatermark = highWatermark;
        this.damage = new PartitionDamage(this, topicId, surroundings);
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

    /** What is wrong with the log. */
    PartitionDamage damage() {
        return damage;
    }

    @Nullable
    PartitionRole role() {
        return role;
    }

    /** The leader, or null while this broker does not lead. */
    @Nullable
    PartitionLeader leader() {
        return role instanceof LeaderRole leading ? leading.leader() : null;
    }

    /** The role in which this broker serves a reader, or null when it has to ask another broker. */
    @Nullable
    PartitionRole serving(PartitionReader reader) {
        return role instanceof LeaderRole || reader.takesFollower() ? role : null;
    }

    /**
     * Up to here records are known to be committed. It outlives roles, so that a leader that comes, or comes back, begins
     * with what this replica knows.
     */
    long highWatermark() {
        PartitionRole present = role;
        long known = present == null ? lastHighWatermark : present.highWatermark();
        return Math.max(log.logStartOffset(), Math.min(known, log.logEndOffset()));
    }

    /** Records that are committed, as far as is known here, and that this replica does not have. */
    long lag() {
        PartitionRole present = role;
        long known = present == null ? lastHighWatermark : present.highWatermark();
        return Math.max(0, known - log.logEndOffset());
    }

    /** What the leader does for its followers, or null while this broker does not lead. */
    @Nullable
    ReplicaDesk desk() {
        return role instanceof LeaderRole leading ? leading.desk() : null;
    }

    long nowNanos() {
        return surroundings.clock().nanoTime();
    }

    /** This broker leads on this term. */
    void lead(LeaderTerm term, TimestampType timestampType) {
        if (role instanceof LeaderRole leading) {
            leading.changeTerm(term, timestampType);
        } else {
            resign(new Refusal.NotLeader(name));
            LeaderRole leading = new LeaderRole(this, surroundings, term, timestampType);
            role = leading;
            leading.begin();
            damage.withdrawIfKnown();
        }
    }

    /** Another broker leads on this term. */
    void follow(FollowerTerm term) {
        if (role instanceof FollowerRole following && following.isContinuedBy(term)) {
            following.changeTerm(term);
        } else {
            PartitionRole before = role;
            InheritedAppends begun = new InheritedAppends(name, before == null ? List.of() : before.handOver());
            resign(new Refusal.NotLeader(name));
            FollowerRole following = new FollowerRole(this, surroundings, term, begun);
            role = following;
            following.begin();
        }
    }

    /** This broker does not play the role that it had (any more). */
    void resign(Refusal why) {
        PartitionRole present = role;
        if (present != null) {
            lastHighWatermark = present.highWatermark();
            role = null;
            present.end(why);
            readers.dismiss(why);
        }
    }

    /** The sender is told where his batch is. */
    void acknowledge(AppendCommand append) {
        RecordBatch batch = append.batch();
        boolean stamped = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
        if (append.repeats()) {
            int epoch = role == null ? batch.leaderEpoch() : role.leaderEpoch();
            surroundings.observer().acknowledgedAgain(name, epoch, append.acks(), batch);
        } else {
            surroundings.observer().acknowledged(name, append.acks(), batch);
        }
        append.answerTo()
                .accept(Outcome.done(new Appended(
                        batch.baseOffset(),
                        batch.lastOffset(),
                        stamped ? batch.maxTimestamp() : -1,
                        log.logStartOffset())));
    }

    void append(AppendCommand append) {
        if (role instanceof LeaderRole leading) {
            leading.append(append);
        } else {
            append.answerTo().accept(Outcome.refused(refusal()));
        }
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
            damage.known().forget();
        }
    }

    boolean isStopped() {
        return stopped != null;
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

    /** Gives up the directory, or nothing when only what lies at or near the offset is at fault. Returns what to tell of it. */
    Refusal changeFailed(String what, IOException cause, long offset) {
        if (cause instanceof CorruptSegmentException) {
            return damage.unreadable(cause, offset);
        }
        diskFailed(what, cause);
        return refusal();
    }

    /** Has all of the log made durable, whatever the topic's durability asks for. */
    void syncWhatIsNotDurable() {
        if (log.durableEndOffset() < log.logEndOffset()) {
            requestSync();
        }
    }

    /**
     * Drops what retention allows or the log start has passed, of committed records only; returns how many segments went.
     * A follower does so by itself: what its leader keeps longer is not asked of it.
     */
    int dropOldSegments(long nowMillis) throws IOException {
        int dropped = log.deleteOldSegments(nowMillis, highWatermark());
        damage.known().review();
        if (dropped > 0) {
            switch (role) {
                case LeaderRole leading -> leading.desk().progressMoved();
                case FollowerRole following -> following.logStartMoved();
                case null -> {}
            }
        }
        return dropped;
    }

    /** Takes note of what is certain now: nothing that a loss of power could take back. Returns the durable end. */
    long note() {
        long durableEnd = log.durableEndOffset();
        home.replicas().note(topicId, name.partition(), Math.min(highWatermark(), durableEnd), durableEnd);
        return durableEnd;
    }

    /** The log was cut: what went may not be missed after a crash, so the next round of writing down is not waited for. */
    void noteCut() {
        note();
        surroundings.blocking().execute(home.replicas()::flush);
    }

    /** Closes the log in order, and takes note of that it is durable as a whole; unless nobody trusts it any more. Blocks. */
    void close() throws IOException {
        long end = log.logEndOffset();
        log.close();
        if (!log.isOutOfService()) {
            home.replicas().note(topicId, name.partition(), highWatermark(), end);
        }
    }

    /** Stops this partition alone: what it holds cannot be read, or a bug has shown itself in it. */
    void giveUp(Exception cause) {
        log.distrust(cause);
        if (stopped != null) {
            return;
        }
        surroundings.observer().stopped(name, cause);
        var _ = damage.withdraw(); // whoever can do better shall lead
        stop(
                new Refusal.StorageFailed(
                        "Partition " + name
                                + " is out of service until the broker is started again: an error shows that its state cannot be trusted."));
    }

    /** So much is on its way to a follower. */
    void sentTo(int follower, int bytes) {
        surroundings.observer().sentToFollower(name, follower, bytes);
    }

    /** So much was written, which no sync has covered yet. */
    void wrote(int bytes) {
        bytesToSync += bytes;
        appendsToSync++;
    }

    /** Has the log made durable up to its present end; the role hears of it. */
    void requestSync() {
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
            PartitionRole present = role;
            if (present != null) {
                present.syncedUpTo(durableEnd);
            }
        } catch (IOException e) {
            diskFailed("A sync", e);
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
