package io.millrace.core.environment.live;

import io.millrace.core.environment.Clock;

/** The machine's clock. Safe for all threads. */
public final class SystemClock implements Clock {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }
}
