package io.millrace.gateway.remote;

import io.millrace.core.api.AppendRequest;
import io.millrace.core.api.Appended;
import io.millrace.core.api.BrokerApi;
import io.millrace.core.api.Outcome;
import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import io.millrace.core.model.TopicPartition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The appends to one broker. The first ones go at once; while {@link #CALLS_MAX} calls are under way, what comes gathers,
 * and goes in one call as soon as one of them ends: so calls grow with the load, and nothing waits for a clock. Appends go
 * in the order in which they came, but those to a partition that has a call under way wait for its end: on one connection a
 * small call may overtake a large one. Safe for any thread.
 */
final class AppendGroups implements AutoCloseable {
    /** Calls under way: while the broker commits one, the next ones are on their way. */
    static final int CALLS_MAX = 16;

    /** Parts of several appends in one call. */
    static final int PARTS_MAX = 100;

    /** Bytes of several appends in one call, as so much keeps the connection busy; an append of more goes alone. */
    static final int BYTES_MAX = 1 << 20;

    private final BrokerApi broker;
    private final EventLoop timers;
    private final Clock clock;

    private final Queue<WaitingAppend> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Queue<List<WaitingAppend>> ended = new ConcurrentLinkedQueue<>();
    /** Confined to the turns. */
    private final Deque<WaitingAppend> line = new ArrayDeque<>();
    /** The partitions that have a call under way. Confined to the turns. */
    private final Set<TopicPartition> busy = new HashSet<>();

    /** Whether some that are in the line will not leave any more. */
    private volatile boolean someAreOver;

    private volatile boolean closed;

    AppendGroups(BrokerApi broker, EventLoop timers, Clock clock) {
        this.broker = broker;
        this.timers = timers;
        this.clock = clock;
    }

    CompletableFuture<List<Outcome<Appended>>> append(AppendRequest request) {
        if (!request.timeout().isPositive()) {
            return broker.append(request);
        }
        WaitingAppend append = new WaitingAppend(request, clock.nanoTime());
        arrived.add(append);
        takeTurn();
        append.whileItWaits(timers, this::forgetSome);
        return append.answer();
    }

    /** Refuses what waits and whatever comes later; calls under way end by themselves. */
    @Override
    public void close() {
        closed = true;
        takeTurn();
    }

    /** One turn at a time, on the thread of whoever comes first; what happens meanwhile is seen in a further one. */
    private void takeTurn() {
        if (turns.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            turn();
            seen = turns.addAndGet(-seen);
        } while (seen > 0);
    }

    private void turn() {
        for (List<WaitingAppend> group = ended.poll(); group != null; group = ended.poll()) {
            group.forEach(append -> busy.removeAll(append.partitions()));
        }
        for (WaitingAppend next = arrived.poll(); next != null; next = arrived.poll()) {
            line.add(next);
        }
        if (closed) {
            line.forEach(WaitingAppend::stay);
            line.clear();
        }
        while (underWay.get() < CALLS_MAX) {
            List<WaitingAppend> group = nextGroup();
            if (group.isEmpty()) {
                return;
            }
            send(group);
        }
        if (someAreOver) {
            someAreOver = false;
            line.removeIf(WaitingAppend::isOver);
        }
    }

    private void forgetSome() {
        someAreOver = true;
        takeTurn();
    }

    /**
     * The longest beginning of the line that fits into one call: whoever does not fit is not overtaken. Whoever waits for a
     * partition is passed by those who want none of the same.
     */
    private List<WaitingAppend> nextGroup() {
        List<WaitingAppend> group = new ArrayList<>();
        Set<TopicPartition> waitedFor = new HashSet<>();
        int parts = 0;
        long bytes = 0;
        for (Iterator<WaitingAppend> inLine = line.iterator(); inLine.hasNext(); ) {
            WaitingAppend next = inLine.next();
            if (!Collections.disjoint(next.partitions(), busy) || !Collections.disjoint(next.partitions(), waitedFor)) {
                waitedFor.addAll(next.partitions());
                continue;
            }
            boolean fits = group.isEmpty()
                    || (next.isLike(group.getFirst())
                            && parts + next.parts().size() <= PARTS_MAX
                            && bytes + next.bytes() <= BYTES_MAX);
            if (!fits) {
                return group;
            }
            inLine.remove();
            if (next.leave()) {
                group.add(next);
                parts += next.parts().size();
                bytes += next.bytes();
            }
        }
        return group;
    }

    private void send(List<WaitingAppend> group) {
        underWay.incrementAndGet();
        group.forEach(append -> busy.addAll(append.partitions()));
        CompletableFuture<List<Outcome<Appended>>> call = ask(requestOf(group));
        var _ = call.whenComplete((outcomes, failure) -> {
            underWay.decrementAndGet();
            ended.add(group);
            answer(group, outcomes, failure);
            takeTurn();
        });
        Runnable cancelWhenNobodyWaits = () -> {
            if (group.stream().allMatch(append -> append.answer().isCancelled())) {
                call.cancel(false);
            }
        };
        group.forEach(append -> append.whenCancelled(cancelWhenNobodyWaits));
    }

    /** A bug there must not end the turns. */
    private CompletableFuture<List<Outcome<Appended>>> ask(AppendRequest request) {
        try {
            return broker.append(request);
        } catch (RuntimeException bug) {
            return CompletableFuture.failedFuture(bug);
        }
    }

    /** Lets the broker wait until the last of them has no patience left. */
    private AppendRequest requestOf(List<WaitingAppend> group) {
        List<AppendRequest.Part> parts = new ArrayList<>();
        group.forEach(append -> parts.addAll(append.parts()));
        long now = clock.nanoTime();
        long left =
                group.stream().mapToLong(append -> append.nanosLeft(now)).max().orElseThrow();
        return new AppendRequest(parts, group.getFirst().acks(), Duration.ofNanos(Math.max(1, left)));
    }

    private static void answer(
            List<WaitingAppend> group, @Nullable List<Outcome<Appended>> outcomes, @Nullable Throwable failure) {
        int from = 0;
        for (WaitingAppend append : group) {
            int to = from + append.parts().size();
            if (outcomes == null) {
                append.answer().completeExceptionally(Objects.requireNonNull(failure));
            } else {
                append.answer().complete(outcomes.subList(from, to));
            }
            from = to;
        }
    }
}
