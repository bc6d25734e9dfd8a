package io.millrace.rpc.client;

import io.grpc.SynchronizationContext;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the parts of a controller's client share: one turn at a time, one clock for delays, channels and patience. */
final class ClientContext implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientContext.class);

    private final ControllerChannels channels;
    private final ControllerClientOptions options;
    private final SynchronizationContext turns =
            new SynchronizationContext((thread, bug) -> LOG.error("The controller's client failed at a task", bug));
    private final ScheduledThreadPoolExecutor timer;

    ClientContext(ControllerChannels channels, ControllerClientOptions options) {
        this.channels = channels;
        this.options = options;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("controller-client").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    ControllerChannels channels() {
        return channels;
    }

    ControllerClientOptions options() {
        return options;
    }

    /** Runs a task when no other one runs, on the thread of whoever is there. */
    void execute(Runnable task) {
        turns.execute(task);
    }

    /** Runs a task in its turn after a delay; nothing once closed. */
    SynchronizationContext.ScheduledHandle schedule(Duration delay, Runnable task) {
        return turns.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS, timer);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
