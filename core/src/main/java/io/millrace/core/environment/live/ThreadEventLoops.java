package io.millrace.core.environment.live;

import io.millrace.core.environment.EventLoop;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A fixed set of event loops, each with a thread of its own. An exception that a task lets out goes to the handler, and
 * the loop goes on with the next task: what the exception means is for the owner of the task's state to decide.
 */
public final class ThreadEventLoops implements AutoCloseable {
    private final List<ThreadEventLoop> loops;

    /**
     * Starts the loops.
     *
     * @param name what the threads are called, with a number behind it
     */
    public ThreadEventLoops(String name, int count, Thread.UncaughtExceptionHandler handler) {
        loops = IntStream.range(0, count)
                .mapToObj(i -> new ThreadEventLoop(name + "-" + i, handler))
                .toList();
        loops.forEach(ThreadEventLoop::start);
    }

    /** The loops, which never change. */
    public List<EventLoop> all() {
        return List.copyOf(loops);
    }

    /** Runs what was posted before, forgets what is scheduled, and waits for the threads to end. */
    @Override
    public void close() {
        loops.forEach(ThreadEventLoop::stop);
        loops.forEach(ThreadEventLoop::join);
    }
}
