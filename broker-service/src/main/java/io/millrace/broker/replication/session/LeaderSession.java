package io.millrace.broker.replication.session;

import io.millrace.broker.partitions.Partitions;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaPull.Position;
import io.millrace.core.api.ReplicaSession;
import io.millrace.core.environment.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The leader's end of a session with one follower. It only deals out what comes to the loops of the partitions that it
 * concerns. Safe for all threads.
 */
final class LeaderSession implements ReplicaSession {
    private final long number;
    private final ReplicaHello hello;
    private final Outbox outbox;
    private final SessionWindow window;
    private final Partitions partitions;
    private final List<EventLoop> loops;
    private final List<SessionShard> shards = new ArrayList<>();
    private final Consumer<LeaderSession> onEnd;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * Begins a session.
     *
     * @param number greater than that of every session before
     * @param onEnd hears once that it is over
     */
    LeaderSession(
            long number,
            ReplicaHello hello,
            ReplicaListener listener,
            Partitions partitions,
            SessionLimits limits,
            Consumer<LeaderSession> onEnd) {
        this.number = number;
        this.hello = hello;
        this.outbox = new Outbox(listener);
        this.window = new SessionWindow(limits.windowBytes());
        this.partitions = partitions;
        this.loops = partitions.loops();
        this.onEnd = onEnd;
        loops.forEach(loop -> shards.add(new SessionShard(this, partitions, loop, limits)));
    }

    @Override
    public void pull(ReplicaPull pull) {
        if (isOver()) {
            return;
        }
        List<List<Position>> byLoop = new ArrayList<>(loops.size());
        loops.forEach(_ -> byLoop.add(new ArrayList<>()));
        for (Position position : pull.positions()) {
            byLoop.get(partitions.loopIndex(position.topicId(), position.partition()))
                    .add(position);
        }
        for (int i = 0; i < shards.size(); i++) {
            List<Position> positions = byLoop.get(i);
            if (!positions.isEmpty()) {
                SessionShard shard = shards.get(i);
                loops.get(i).post(() -> shard.take(pull.controllerEpoch(), positions.iterator()));
            }
        }
    }

    @Override
    public void close() {
        outbox.silence();
        end();
    }

    /** Ends the session from the leader's side. */
    void end(Refusal why) {
        if (end()) {
            outbox.close(why);
        }
    }

    private boolean end() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        forEachShard(SessionShard::end);
        onEnd.accept(this);
        return true;
    }

    /** Other brokers are known. */
    void review() {
        forEachShard(SessionShard::review);
    }

    private void forEachShard(Consumer<SessionShard> task) {
        for (int i = 0; i < shards.size(); i++) {
            SessionShard shard = shards.get(i);
            loops.get(i).post(() -> task.accept(shard));
        }
    }

    /** So many bytes are no longer on their way. */
    void release(long bytes) {
        if (bytes > 0) {
            window.release(bytes);
            for (int i = 0; i < shards.size(); i++) {
                shards.get(i).wake();
            }
        }
    }

    boolean isOver() {
        return over.get();
    }

    ReplicaHello hello() {
        return hello;
    }

    int followerId() {
        return hello.fromBroker();
    }

    long followerEpoch() {
        return hello.fromBrokerEpoch();
    }

    long number() {
        return number;
    }

    Outbox outbox() {
        return outbox;
    }

    SessionWindow window() {
        return window;
    }
}
