package io.millrace.simulation.schedule;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that happens in a simulated world, one event at a time in the order of virtual time. Events of one moment happen in an
 * order that the seed decides. The first failure ends the run.
 */
public final class Scheduler {
    private final PriorityQueue<Event> queue = new PriorityQueue<>(4096);
    private final TraceHash trace = new TraceHash();
    private final Effects effects = new Effects();
    private final Chance chance;
    private final Chance ties;
    private Runnable afterEvent = () -> {};
    private long now;
    private long sequence;
    private long events;
    private @Nullable SimulationFailure failure;

    /** A world in which nothing has happened yet. */
    public Scheduler(long seed) {
        this.chance = new Chance(seed);
        this.ties = chance.fork("order of events of one moment");
    }

    /** What happens at a time, unless it is cancelled before. */
    public static final class Event implements Comparable<Event> {
        private final long atNanos;
        private final long tie;
        private final long sequence;
        private final String label;
        private @Nullable Runnable task;

        private Event(long atNanos, long tie, long sequence, String label, Runnable task) {
            this.atNanos = atNanos;
            this.tie = tie;
            this.sequence = sequence;
            this.label = label;
            this.task = task;
        }

        /** Keeps it from happening; harmless when it has happened. */
        public void cancel() {
            task = null;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            if (byTime != 0) {
                return byTime;
            }
            int byTie = Long.compare(tie, other.tie);
            return byTie != 0 ? byTie : Long.compare(sequence, other.sequence);
        }
    }

    /** The seed's stream of chance for that purpose. */
    public Chance chance(String purpose) {
        return chance.fork(purpose);
    }

    /** Nanoseconds since the beginning of the world. */
    public long now() {
        return now;
    }

    /** Has something happen at that time, or now if it is over. */
    public Event at(long atNanos, String label, Runnable task) {
        Event event = new Event(Math.max(now, atNanos), ties.nextLong(), sequence++, label, task);
        queue.add(event);
        return event;
    }

    /** Has something happen after that time. */
    public Event after(Duration delay, String label, Runnable task) {
        return at(now + Math.max(0, delay.toNanos()), label, task);
    }

    /** Is run after every event. */
    public void afterEachEvent(Runnable look) {
        Runnable before = afterEvent;
        afterEvent = () -> {
            before.run();
            look.run();
        };
    }

    /** The hash of all events so far. */
    public TraceHash trace() {
        return trace;
    }

    /** What has come of things that went wrong. */
    public Effects effects() {
        return effects;
    }

    /** How many events have happened. */
    public long events() {
        return events;
    }

    /** What ended the run, or null while it goes on. */
    public @Nullable SimulationFailure failure() {
        return failure;
    }

    /** Ends the run, unless it has failed already: what follows a failure is not worth knowing. */
    public void fail(String where, Throwable bug) {
        if (failure == null) {
            failure = new SimulationFailure(where, now, bug);
        }
    }

    /** Lets the next event happen; false when there is none, or the run has failed. */
    public boolean step() {
        Event next = queue.poll();
        while (next != null && next.task == null) {
            next = queue.poll();
        }
        if (next == null || failure != null) {
            return false;
        }
        happen(next);
        return failure == null;
    }

    /** Lets everything happen up to a time, which is then the present one; false when the run has failed. */
    public boolean runUntil(long nanos) {
        while (failure == null) {
            Event next = queue.peek();
            if (next == null || next.atNanos > nanos) {
                now = nanos;
                return true;
            }
            queue.poll();
            happen(next);
        }
        return false;
    }

    /** The same, for a time from now on. */
    public boolean runFor(Duration time) {
        return runUntil(now + time.toNanos());
    }

    /** Lets things happen until the condition holds; false when it does not within the time, or the run has failed. */
    public boolean runUntil(BooleanSupplier condition, Duration within) {
        long end = now + within.toNanos();
        while (!condition.getAsBoolean()) {
            Event next = queue.peek();
            if (failure != null || next == null || next.atNanos > end) {
                return false;
            }
            queue.poll();
            happen(next);
        }
        return true;
    }

    private void happen(Event event) {
        Runnable task = event.task;
        if (task == null) {
            return;
        }
        event.task = null;
        now = event.atNanos;
        events++;
        trace.add(event.label, now);
        try {
            task.run();
            afterEvent.run();
        } catch (RuntimeException | Error bug) {
            fail(event.label, bug);
        }
    }
}
