package io.millrace.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a part on a thread of its own: meanwhile management answers that the process is alive and not ready. When the part
 * cannot start, the process ends with code 1 and says why on standard error.
 */
public final class BackgroundStart implements PartStart {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundStart.class);
    private static final int FAILED = 1;

    private final String service;
    private final Runnable end;

    /** Names the process in what is printed. */
    public BackgroundStart(String service) {
        this(service, () -> System.exit(FAILED));
    }

    BackgroundStart(String service, Runnable end) {
        this.service = service;
        this.end = end;
    }

    @Override
    public void run(Runnable part) {
        Thread.ofPlatform().daemon().name("start").start(() -> {
            try {
                part.run();
            } catch (RuntimeException e) {
                LOG.debug("The start failed", e);
                System.err.println(service + ": cannot start: " + e.getMessage());
                end.run();
            }
        });
    }
}
