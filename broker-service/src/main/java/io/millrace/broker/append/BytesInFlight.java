package io.millrace.broker.append;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes of batches that this broker holds and has not answered, and their limit. Safe for all threads. */
final class BytesInFlight {
    private final AtomicLong bytes = new AtomicLong();
    private final long max;

    BytesInFlight(long max) {
        this.max = max;
    }

    /**
     * Takes room for so many bytes, if there is any. A batch that is larger than all the room, as its topic allows it, is
     * taken while there is no other: it could never be taken otherwise.
     */
    boolean tryAcquire(long wanted) {
        long all = bytes.addAndGet(wanted);
        if (all <= max || all == wanted) {
            return true;
        }
        bytes.addAndGet(-wanted);
        return false;
    }

    void release(long done) {
        bytes.addAndGet(-done);
    }

    long now() {
        return bytes.get();
    }
}
