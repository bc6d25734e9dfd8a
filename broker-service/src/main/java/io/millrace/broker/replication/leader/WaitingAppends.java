package io.millrace.broker.replication.leader;

import io.millrace.core.model.Acks;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Appends that are in the log but not yet acknowledged, in offset order. Those of acks=leader wait in a lane of their own,
 * so that they never wait for a follower behind one of acks=all.
 */
final class WaitingAppends {
    private final Lane forLeader = new Lane();
    private final Lane forAll = new Lane();

    /** It was appended last, so it comes behind all others. */
    void add(AppendCommand append, long endOffset) {
        lane(append.acks()).appended.add(new Waiting(append, endOffset));
    }

    /** It repeats what was appended before, so others that wait may come behind it. */
    void addRepeated(AppendCommand append, long endOffset) {
        lane(append.acks()).repeated.add(new Waiting(append, endOffset));
    }

    private Lane lane(Acks acks) {
        return switch (acks) {
            case LEADER -> forLeader;
            case ALL -> forAll;
            case NONE -> throw new IllegalArgumentException("acks=none never waits");
        };
    }

    /** Takes out what is safe now: up to the leader's own end, and up to the high watermark. */
    void takeReached(long leaderEnd, long highWatermark, Consumer<AppendCommand> taken) {
        forLeader.takeReached(leaderEnd, taken);
        forAll.takeReached(highWatermark, taken);
    }

    /** Takes out what nobody waits for any more. */
    void takeExpired(long nowNanos, Consumer<AppendCommand> taken) {
        forLeader.takeExpired(nowNanos, taken);
        forAll.takeExpired(nowNanos, taken);
    }

    void takeAll(Consumer<AppendCommand> taken) {
        takeReached(Long.MAX_VALUE, Long.MAX_VALUE, taken);
    }

    boolean isEmpty() {
        return forLeader.isEmpty() && forAll.isEmpty();
    }

    /** Those that wait for the same. */
    private static final class Lane {
        final Queue<Waiting> appended = new ArrayDeque<>();
        final Queue<Waiting> repeated = new PriorityQueue<>(Comparator.comparingLong(Waiting::endOffset));

        void takeReached(long limit, Consumer<AppendCommand> taken) {
            takeReached(appended, limit, taken);
            takeReached(repeated, limit, taken);
        }

        private static void takeReached(Queue<Waiting> waiting, long limit, Consumer<AppendCommand> taken) {
            for (Waiting head = waiting.peek(); head != null && head.endOffset <= limit; head = waiting.peek()) {
                waiting.remove();
                taken.accept(head.append);
            }
        }

        void takeExpired(long nowNanos, Consumer<AppendCommand> taken) {
            takeExpired(appended, nowNanos, taken);
            takeExpired(repeated, nowNanos, taken);
        }

        private static void takeExpired(Collection<Waiting> waiting, long nowNanos, Consumer<AppendCommand> taken) {
            for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
                AppendCommand append = each.next().append;
                if (append.deadlineNanos() - nowNanos <= 0) {
                    each.remove();
                    taken.accept(append);
                }
            }
        }

        boolean isEmpty() {
            return appended.isEmpty() && repeated.isEmpty();
        }
    }

    /** An append, and the end that must be reached for it. */
    private record Waiting(AppendCommand append, long endOffset) {}
}
