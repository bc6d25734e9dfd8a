package io.millrace.broker.replication.leader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Appends that are in the log but not yet acknowledged, in offset order. Those of acks=leader wait in a lane of their own,
 * so that they never wait for a follower behind one of acks=all.
 */
final class WaitingAppends {
    private final Deque<Waiting> forLeader = new ArrayDeque<>();
    private final Deque<Waiting> forAll = new ArrayDeque<>();

    void add(AppendCommand append, long endOffset) {
        Waiting waiting = new Waiting(append, endOffset);
        switch (append.acks()) {
            case LEADER -> forLeader.add(waiting);
            case ALL -> forAll.add(waiting);
            case NONE -> throw new IllegalArgumentException("acks=none never waits");
        }
    }

    /** Takes out what is safe now: up to the leader's own end, and up to the high watermark. */
    void takeReached(long leaderEnd, long highWatermark, Consumer<AppendCommand> taken) {
        takeReached(forLeader, leaderEnd, taken);
        takeReached(forAll, highWatermark, taken);
    }

    private static void takeReached(Deque<Waiting> lane, long limit, Consumer<AppendCommand> taken) {
        for (Waiting head = lane.peek(); head != null && head.endOffset <= limit; head = lane.peek()) {
            lane.remove();
            taken.accept(head.append);
        }
    }

    /** Takes out what nobody waits for any more. */
    void takeExpired(long nowNanos, Consumer<AppendCommand> taken) {
        takeExpired(forLeader, nowNanos, taken);
        takeExpired(forAll, nowNanos, taken);
    }

    private static void takeExpired(Deque<Waiting> lane, long nowNanos, Consumer<AppendCommand> taken) {
        for (Iterator<Waiting> each = lane.iterator(); each.hasNext(); ) {
            AppendCommand append = each.next().append;
            if (append.deadlineNanos() - nowNanos <= 0) {
                each.remove();
                taken.accept(append);
            }
        }
    }

    void takeAll(Consumer<AppendCommand> taken) {
        takeReached(Long.MAX_VALUE, Long.MAX_VALUE, taken);
    }

    boolean isEmpty() {
        return forLeader.isEmpty() && forAll.isEmpty();
    }

    /** An append, and the end that must be reached for it. */
    private record Waiting(AppendCommand append, long endOffset) {}
}
