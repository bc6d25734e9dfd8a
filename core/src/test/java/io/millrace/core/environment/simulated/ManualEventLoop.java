package io.millrace.core.environment.simulated;

import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** An event loop whose tasks run when the test says so, on the test's thread. */
public final class ManualEventLoop implements EventLoop {
    private final ManualClock clock;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    public ManualEventLoop(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public void post(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return clock.schedule(delay, () -> post(task));
    }

    @Override
    public boolean isCurrent() {
        return running;
    }

    /** Says whether nothing waits to be run. */
    public boolean isIdle() {
        return tasks.isEmpty();
    }

    /** Runs the oldest task; returns false when there is none. An exception of the task comes out here. */
    public boolean runNext() {
        Runnable task = tasks.poll();
        if (task == null) {
            return false;
        }
        running = true;
        try {
            task.run();
        } finally {
            running = false;
        }
        return true;
    }

    /** Runs tasks, also those that they post, until none is left. */
    public void runUntilIdle() {
        while (runNext()) {
            // each turn makes progress; a task that posts itself for ever is a bug that the test's timeout shows
        }
    }

    /** Forgets every task, as a killed process does. */
    public void dropAll() {
        tasks.clear();
    }
}
