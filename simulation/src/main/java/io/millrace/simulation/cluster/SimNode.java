package io.millrace.simulation.cluster;

import io.millrace.simulation.schedule.Machine;
import io.millrace.simulation.schedule.SimProcess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A machine with one program on it, which somebody starts again when it ends by itself. */
public abstract class SimNode {
    /** How soon a program that has ended by itself is started again. */
    private static final Duration RESTART = Duration.ofSeconds(1);

    private final Machine machine;
    private final String program;
    private @Nullable SimProcess process;

    SimNode(Machine machine, String program) {
        this.machine = machine;
        this.program = program;
    }

    public final Machine machine() {
        return machine;
    }

    /** The present life, or null while there is none. */
    public final @Nullable SimProcess process() {
        SimProcess present = process;
        return present != null && present.isAlive() ? present : null;
    }

    /** Whether its program lives, be it paused. */
    public final boolean isAlive() {
        return process() != null;
    }

    /** Whether its program is paused. */
    public final boolean isPaused() {
        SimProcess present = process();
        return present != null && present.isPaused();
    }

    /** Starts the program, unless it runs. */
    public final void start() {
        if (!isAlive()) {
            SimProcess started = machine.start(program);
            process = started;
            run(started);
        }
    }

    /** Ends the program as kill -9 does. */
    public void kill() {
        SimProcess present = process();
        if (present != null) {
            present.kill();
        }
    }

    /** Ends it and starts it again a little later. */
    final void restart(SimProcess ended) {
        if (ended.isAlive()) {
            kill();
            machine.scheduler().after(RESTART, program + " is started again", this::start);
        }
    }

    /** Stops it as SIGSTOP does. */
    public final void pause() {
        SimProcess present = process();
        if (present != null) {
            present.pause();
        }
    }

    /** Lets it go on. */
    public final void resume() {
        SimProcess present = process();
        if (present != null) {
            present.resume();
        }
    }

    /** Begins the life of a process. */
    abstract void run(SimProcess started);

    @Override
    public final String toString() {
        return machine.name();
    }
}
