package io.millrace.simulation.schedule;

import java.util.concurrent.Executor;

/** Threads that take some time for each task, the effect of which comes at its end. */
final class SimWorkers implements Executor {
    private final SimProcess process;
    private final Scheduler scheduler;
    private final String label;
    private final WorkTime time;

    SimWorkers(SimProcess process, String label, WorkTime time) {
        this.process = process;
        this.scheduler = process.machine().scheduler();
        this.label = label;
        this.time = time;
    }

    @Override
    public void execute(Runnable task) {
        if (process.isAlive()) {
            scheduler.at(scheduler.now() + time.draw(process.machine().chance()), label, () -> run(task));
        }
    }

    private void run(Runnable task) {
        if (process.isPaused()) {
            process.whenResumed(() -> execute(task));
        } else if (process.isAlive()) {
            process.run(label, task);
        }
    }
}
