package io.millrace.simulation.schedule;

import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;

/** An event loop of a process: one task is one event, and costs a little virtual time. */
public final class SimEventLoop implements EventLoop {
    /** Nanoseconds that a task takes at least, and at most. */
    private static final long COST_MIN = 500;

    private static final long COST_MAX = 8_000;

    private final SimProcess process;
    private final Scheduler scheduler;
    private final String label;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean turnIsDue;
    private boolean running;
    private long freeAt;

    SimEventLoop(SimProcess process, String label) {
        this.process = process;
        this.scheduler = process.machine().scheduler();
        this.label = label;
    }

    /** The process that this is a loop of. */
    public SimProcess process() {
        return process;
    }

    @Override
    public void post(Runnable task) {
        if (process.isAlive()) {
            tasks.add(task);
            takeTurn();
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return scheduler.at(process.machine().whenPassed(delay.toNanos()), label, () -> post(task))::cancel;
    }

    @Override
    public boolean isCurrent() {
        return running;
    }

    private void takeTurn() {
        if (!turnIsDue) {
            turnIsDue = true;
            scheduler.at(freeAt, label, this::turn);
        }
    }

    private void turn() {
        turnIsDue = false;
        if (!process.isAlive()) {
            tasks.clear();
            return;
        }
        if (process.isPaused()) {
            turnIsDue = true;
            process.whenResumed(this::turn);
            return;
        }
        Runnable task = tasks.poll();
        if (task == null) {
            return;
        }
        running = true;
        try {
            process.run(label, task);
        } finally {
            running = false;
        }
        freeAt = scheduler.now() + process.machine().chance().between(COST_MIN, COST_MAX);
        if (!tasks.isEmpty()) {
            takeTurn();
        }
    }
}
