package io.millrace.core.environment.simulated;

import io.millrace.core.environment.Clock;
import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeMap;

/** Time that stands still until a test moves it. Not safe for several threads. */
public final class ManualClock implements Clock {
    /** 2026-01-01T00:00:00Z, so that timestamps in failures look like timestamps. */
    public static final long START_WALL_MILLIS = 1_767_225_600_000L;

    private final TreeMap<Due, Runnable> timers =
            new TreeMap<>(Comparator.comparingLong(Due::atNanos).thenComparingLong(Due::sequence));
    private long sequence;
    private long nanos;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long wallMillis() {
        return START_WALL_MILLIS + Duration.ofNanos(nanos).toMillis();
    }

    /** Moves the time on, and hands what becomes due to its loop, earliest first. Runs nothing. */
    public void advance(Duration by) {
        long target = nanos + by.toNanos();
        while (!timers.isEmpty() && timers.firstKey().atNanos <= target) {
            var due = timers.pollFirstEntry();
            nanos = Math.max(nanos, due.getKey().atNanos);
            due.getValue().run();
        }
        nanos = target;
    }

    EventLoop.Timer schedule(Duration delay, Runnable handOver) {
        Due due = new Due(nanos + Math.max(0, delay.toNanos()), sequence++);
        timers.put(due, handOver);
        return () -> timers.remove(due);
    }

    private record Due(long atNanos, long sequence) {}
}
