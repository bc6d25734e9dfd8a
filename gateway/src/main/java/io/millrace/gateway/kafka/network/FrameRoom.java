package io.millrace.gateway.kafka.network;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that frames of all connections share. Whoever finds no room waits in line and is woken when some is given back. A
 * frame that has begun may find none to grow while all room is held by others that have begun: then nobody would ever give any
 * back, and it has to go. Safe for all threads.
 */
final class FrameRoom {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicLong returns = new AtomicLong();
    private final ConcurrentLinkedQueue<Runnable> line = new ConcurrentLinkedQueue<>();

    FrameRoom(long limit) {
        this.limit = limit;
    }

    /** Bytes that are held. */
    long used() {
        return used.get();
    }

    /** Takes room, or says that there is none now. */
    boolean take(long bytes) {
        long now = used.get();
        while (now + bytes <= limit || now == 0) {
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
            now = used.get();
        }
        return false;
    }

    /** A frame is there to its end, so that its room comes back when it is answered. */
    void completed() {
        whole.incrementAndGet();
    }

    /** Whether somebody holds room that is sure to come back. */
    boolean comesBack() {
        return whole.get() > 0;
    }

    /** Gives back the room of a frame that had {@link #completed}. */
    void giveBackWhole(long bytes) {
        whole.decrementAndGet();
        giveBack(bytes);
    }

    /** Gives back the room of a frame that did not come to its end. */
    void giveBack(long bytes) {
        used.addAndGet(-bytes);
        returns.incrementAndGet();
        wakeLine();
    }

    /** How often room has come back so far. */
    long returns() {
        return returns.get();
    }

    /** Runs the task once, when room has come back more often than so many times. */
    void await(long seenReturns, Runnable task) {
        line.add(task);
        if (returns.get() != seenReturns) {
            wakeLine(); // whoever gave room back before the task was in line did not see it
        }
    }

    /** All who wait try again, in their order; who finds nothing queues anew. */
    private void wakeLine() {
        for (Runnable task = line.poll(); task != null; task = line.poll()) {
            task.run();
        }
    }
}
