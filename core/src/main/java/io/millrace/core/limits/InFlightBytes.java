package io.millrace.core.limits;

import io.millrace.core.environment.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that may be under way in this process. Who finds no room waits in line, and is turned away when none came
 * free in time, or at once when as many bytes as the limit are in line already: so at most twice the limit is in memory.
 * Any thread may enter; the line is confined to the loop.
 */
public final class InFlightBytes {
    private final EventLoop loop;
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Deque<Waiter> line = new ArrayDeque<>();

    /** A limit in bytes, with nothing under way. */
    public InFlightBytes(EventLoop loop, long limit) {
        this.loop = loop;
        this.limit = limit;
    }

    public long limit() {
        return limit;
    }

    /** Bytes under way. */
    public long used() {
        return used.get();
    }

    /**
     * Runs {@code admitted} once there is room, on the caller's thread when that is now, or else {@code turnedAway}. Those
     * who enter one after the other are admitted in that order.
     *
     * @param bytes 1 up to the limit
     * @param waitMax how long to wait in line
     */
    public void enter(long bytes, Duration waitMax, Runnable admitted, Runnable turnedAway) {
        if (enterNow(bytes)) {
            admitted.run();
        } else if (waitingBytes.addAndGet(bytes) > limit) {
            waitingBytes.addAndGet(-bytes);
            turnedAway.run();
        } else {
            // Counted as waiting before this returns, so that the same caller's next call queues behind.
            loop.post(() -> queue(new Waiter(bytes, admitted, turnedAway), waitMax));
        }
    }

    /** Enters if there is room at once and nobody waits; says whether it did. For those who hold room already: were they to
     * wait for more, all could wait for each other. */
    public boolean enterNow(long bytes) {
        return waitingBytes.get() == 0 && take(bytes);
    }

    /** Gives room back. */
    public void leave(long bytes) {
        used.addAndGet(-bytes);
        if (waitingBytes.get() > 0) {
            loop.post(this::admit);
        }
    }

    private void queue(Waiter waiter, Duration waitMax) {
        line.add(waiter);
        admit();
        if (waiter.queued) {
            waiter.giveUp = loop.schedule(waitMax, () -> giveUp(waiter));
        }
    }

    private void admit() {
        while (!line.isEmpty() && take(line.getFirst().bytes)) {
            Waiter next = line.removeFirst();
            next.queued = false;
            if (next.giveUp != null) {
                next.giveUp.cancel();
            }
            next.admitted.run();
            waitingBytes.addAndGet(-next.bytes);
        }
    }

    private void giveUp(Waiter waiter) {
        if (waiter.queued) {
            waiter.queued = false;
            line.remove(waiter);
            waitingBytes.addAndGet(-waiter.bytes);
            waiter.turnedAway.run();
            admit();
        }
    }

    private boolean take(long bytes) {
        long now = used.get();
        while (now + bytes <= limit) {
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
            now = used.get();
        }
        return false;
    }

    private static final class Waiter {
        private final long bytes;
        private final Runnable admitted;
        private final Runnable turnedAway;
        private boolean queued = true;
        private EventLoop.@Nullable Timer giveUp;

        Waiter(long bytes, Runnable admitted, Runnable turnedAway) {
            this.bytes = bytes;
            this.admitted = admitted;
            this.turnedAway = turnedAway;
        }
    }
}
