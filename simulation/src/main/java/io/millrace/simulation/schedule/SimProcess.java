package io.millrace.simulation.schedule;

import io.millrace.core.environment.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One life of a program. Once it is killed nothing of it runs any more; while it is paused nothing runs, and everything that
 * became due runs late, as after SIGSTOP.
 */
public final class SimProcess {
    private final Machine machine;
    private final String name;
    private final int life;
    private final SimEventLoop network;
    private final List<Runnable> whenResumed = new ArrayList<>();
    private final List<Runnable> whenDead = new ArrayList<>();
    private final List<Runnable> whenPaused = new ArrayList<>();
    private final long startedAt;
    private boolean alive = true;
    private boolean paused;

    SimProcess(Machine machine, String name, int life) {
        this.machine = machine;
        this.name = name;
        this.life = life;
        this.startedAt = machine.scheduler().now();
        this.network = loop("network");
    }

    public Machine machine() {
        return machine;
    }

    public String name() {
        return name;
    }

    /** Which start on its machine this is, from 1. */
    public int life() {
        return life;
    }

    /** Virtual time of its start. */
    public long startedAt() {
        return startedAt;
    }

    public Clock clock() {
        return machine.clock();
    }

    /** A loop of this process. */
    public SimEventLoop loop(String purpose) {
        return new SimEventLoop(this, name + "/" + purpose);
    }

    /** The loop on which messages arrive and futures of calls complete. */
    public SimEventLoop network() {
        return network;
    }

    /** Threads for work that takes so long, as many as it takes; tasks may overtake each other. */
    public Executor workers(String purpose, WorkTime time) {
        return new SimWorkers(this, name + "/" + purpose, time);
    }

    public boolean isAlive() {
        return alive;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Ends it as kill -9 does. */
    public void kill() {
        if (alive) {
            alive = false;
            whenResumed.clear();
            List.copyOf(whenDead).forEach(Runnable::run);
        }
    }

    /** Stops it as SIGSTOP does. */
    public void pause() {
        if (alive && !paused) {
            paused = true;
            List.copyOf(whenPaused).forEach(Runnable::run);
        }
    }

    /** Lets it go on. */
    public void resume() {
        if (alive && paused) {
            paused = false;
            List<Runnable> all = List.copyOf(whenResumed);
            whenResumed.clear();
            all.forEach(Runnable::run);
        }
    }

    /** Runs the task at the end of this life. */
    public void whenDead(Runnable task) {
        whenDead.add(task);
    }

    /** Runs the task whenever this process is paused. */
    public void whenPaused(Runnable task) {
        whenPaused.add(task);
    }

    void whenResumed(Runnable task) {
        whenResumed.add(task);
    }

    /** Runs a task of this process; what a dead process trips over is nobody's bug. */
    void run(String where, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            if (alive) {
                machine.scheduler().fail(where, bug);
            }
        }
    }

    @Override
    public String toString() {
        return name + "#" + life;
    }
}
