package io.millrace.broker.replication.session;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that are on their way to a follower, over all loops. Safe for all threads. */
final class SessionWindow {
    private final AtomicLong used = new AtomicLong();
    private final long max;

    SessionWindow(long max) {
        this.max = max;
    }

    /** Whether another part may go. It may exceed the window, so that the largest batch gets through. */
    boolean hasRoom() {
        return used.get() < max;
    }

    void take(long bytes) {
        used.addAndGet(bytes);
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }
}
