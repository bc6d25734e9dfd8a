package io.millrace.core.environment.live;

import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One thread that runs tasks in the order of their posting and scheduled tasks when they are due. */
final class ThreadEventLoop implements EventLoop {
    /** Tasks between two looks at the clock: a full queue must not starve the timers. */
    private static final int TASKS_PER_TURN = 64;

    private static final Comparator<Due> EARLIEST_FIRST =
            // Differences, because nanoseconds of a monotonic clock may wrap around.
            ((Comparator<Due>) (a, b) -> Long.signum(a.atNanos - b.atNanos)).thenComparingLong(Due::sequence);

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicLong sequences = new AtomicLong();
    private final Thread.UncaughtExceptionHandler handler;
    private final Thread thread;
    private final TreeMap<Due, Runnable> scheduled = new TreeMap<>(EARLIEST_FIRST); // confined to the thread
    private volatile boolean sleeping;
    private volatile boolean stopped;

    ThreadEventLoop(String name, Thread.UncaughtExceptionHandler handler) {
        this.handler = handler;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        post(() -> stopped = true);
    }

    void join() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void post(Runnable task) {
        tasks.add(task);
        if (sleeping) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Due due = new Due(System.nanoTime() + delay.toNanos(), sequences.incrementAndGet());
        onLoop(() -> scheduled.put(due, task));
        return () -> onLoop(() -> scheduled.remove(due));
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    private void onLoop(Runnable task) {
        if (isCurrent()) {
            task.run();
        } else {
            post(task);
        }
    }

    private void run() {
        while (!stopped) {
            runPosted();
            runDue();
            if (tasks.isEmpty() && !stopped) {
                sleep();
            }
        }
    }

    private void runPosted() {
        for (int i = 0; i < TASKS_PER_TURN && !stopped; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            run(task);
        }
    }

    private void runDue() {
        while (!stopped && !scheduled.isEmpty() && scheduled.firstKey().atNanos - System.nanoTime() <= 0) {
            run(scheduled.pollFirstEntry().getValue());
        }
    }

    private void sleep() {
        sleeping = true;
        // Whoever posts after this look sees that the loop sleeps, and wakes it.
        if (tasks.isEmpty()) {
            if (scheduled.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, scheduled.firstKey().atNanos - System.nanoTime());
            }
        }
        sleeping = false;
        Thread.interrupted(); // nobody interrupts a loop on purpose; with the flag set it could never sleep again
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable bug) {
            handler.uncaughtException(thread, bug);
        }
    }

    private record Due(long atNanos, long sequence) {}
}
