package io.millrace.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts a part of a process on a thread of its own, because it may have to wait for other processes: meanwhile management
 * answers that this one is alive and not ready. When the part cannot start, the process ends with code 1, and the last line
 * it prints says why.
 */
public final class BackgroundStart implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundStart.class);
    private static final int FAILED = 1;

    private final String service;
    private final SmartLifecycle part;
    private final Runnable end;
    private volatile boolean running;

    /** Starts and stops that part in its own phase; {@code service} names the process in what is printed. */
    public BackgroundStart(String service, SmartLifecycle part) {
        this(service, part, () -> System.exit(FAILED));
    }

    BackgroundStart(String service, SmartLifecycle part, Runnable end) {
        this.service = service;
        this.part = part;
        this.end = end;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().daemon().name("start").start(this::startPart);
    }

    private void startPart() {
        try {
            part.start();
        } catch (RuntimeException e) {
            LOG.debug("The start failed", e);
            System.err.println(service + ": cannot start: " + e.getMessage());
            end.run();
        }
    }

    /** Stops the part also when it has not come up yet. */
    @Override
    public void stop() {
        running = false;
        part.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return part.getPhase();
    }
}
