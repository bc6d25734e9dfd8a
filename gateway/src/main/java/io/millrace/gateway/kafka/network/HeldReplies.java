package io.millrace.gateway.kafka.network;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of one connection's replies: what they hold until the client has taken them, and what those to come have been promised.
 * The sum of what all connections hold makes promises smaller, so that clients who take nothing cannot fill the process. Confined to
 * the connection's loop.
 */
final class HeldReplies {
    /** What a reply may always hold, so that everybody gets on, however little. */
    static final int PROMISE_MIN = 64 << 10;

    private final NetworkOptions options;
    private final AtomicLong ofAll;
    private long held;
    private long promised;

    HeldReplies(NetworkOptions options, AtomicLong ofAll) {
        this.options = options;
        this.ofAll = ofAll;
    }

    /** Promises memory to the records of a reply to come, at most as much as it wants. Records in files need none. */
    int promise(int wanted) {
        if (!options.recordsInMemory()) {
            return wanted;
        }
        long room = Math.min(options.heldBytesMax() - held - promised, options.heldBytesOfAllMax() - ofAll.get());
        int granted = (int) Math.min(wanted, Math.max(PROMISE_MIN, room));
        promised += granted;
        return granted;
    }

    /** A reply is there: what it holds takes the place of what it was promised. */
    void replied(int hadPromise, long holds) {
        promised -= options.recordsInMemory() ? hadPromise : 0;
        held += holds;
        ofAll.addAndGet(holds);
    }

    /** Memory is free again. */
    void sent(long bytes) {
        held -= bytes;
        ofAll.addAndGet(-bytes);
    }

    /** Whether there may be no more replies for now. */
    boolean isFull() {
        return held + promised >= options.heldBytesMax();
    }

    /** The connection has ended. */
    void release() {
        sent(held);
    }
}
