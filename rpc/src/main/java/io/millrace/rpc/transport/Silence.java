package io.millrace.rpc.transport;

import java.time.Duration;

/** When each side of a session was last heard. Safe for all threads. */
public final class Silence {
    private final SessionOptions options;
    private volatile long heardNanos = System.nanoTime();
    private volatile long saidNanos = heardNanos;
    private volatile boolean listening;

    /** Of a session that begins now. */
    public Silence(SessionOptions options) {
        this.options = options;
    }

    /** Something has come, and is being taken in: until that is done, the other side is not expected to be heard. */
    public void hearing() {
        listening = true;
    }

    /** What has come is taken in. */
    public void heard() {
        heardNanos = System.nanoTime();
        listening = false;
    }

    /** Something was sent. */
    public void said() {
        saidNanos = System.nanoTime();
    }

    /** Whether the other side might think that this one is gone. */
    public boolean mustSpeak() {
        return System.nanoTime() - saidNanos >= options.stillHereAfter().toNanos();
    }

    /** Whether the other side is gone. */
    public boolean isDead() {
        return !listening && ofTheOther().compareTo(options.silenceMax()) > 0;
    }

    /** How long the other side was not heard. */
    public Duration ofTheOther() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    /** How often to look. */
    public Duration lookEvery() {
        return options.stillHereAfter().dividedBy(2);
    }
}
