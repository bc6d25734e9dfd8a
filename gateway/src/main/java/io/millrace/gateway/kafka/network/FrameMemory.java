package io.millrace.gateway.kafka.network;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory for frames. Small ones are on the heap. Larger ones are outside of it, because sockets and files take such without a
 * copy, and are used again, because making one costs more than filling it. Safe for all threads.
 */
final class FrameMemory {
    private static final int HEAP_MAX = 8 << 10;
    private static final int SMALLEST_SHIFT = 14;
    private static final int CLASSES = 8;
    private static final int LARGEST = 1 << (SMALLEST_SHIFT + CLASSES - 1);

    /** Bytes that are kept for later. */
    static final long KEPT_MAX = 32L << 20;

    private final ConcurrentLinkedQueue<ByteBuffer>[] kept;
    private final AtomicLong keptBytes = new AtomicLong();

    FrameMemory() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        ConcurrentLinkedQueue<ByteBuffer>[] queues = new ConcurrentLinkedQueue[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            queues[i] = new ConcurrentLinkedQueue<>();
        }
        this.kept = queues;
    }

    /** A buffer with at least so much capacity; its limit is the size. */
    ByteBuffer allocate(int size) {
        if (size <= HEAP_MAX || size > LARGEST) {
            return ByteBuffer.allocate(size);
        }
        int index = classOf(size);
        ByteBuffer found = kept[index].poll();
        if (found == null) {
            return allocateDirect(1 << (SMALLEST_SHIFT + index)).limit(size);
        }
        keptBytes.addAndGet(-found.capacity());
        return found.clear().limit(size);
    }

    /** Others use memory outside of the heap too; when that is used up, a copy more is better than none at all. */
    private static ByteBuffer allocateDirect(int capacity) {
        try {
            return ByteBuffer.allocateDirect(capacity);
        } catch (OutOfMemoryError usedUp) {
            return ByteBuffer.allocate(capacity);
        }
    }

    /** Takes back a buffer that nobody looks at any more. */
    void release(@Nullable ByteBuffer buffer) {
        if (buffer == null || !buffer.isDirect()) {
            return;
        }
        if (keptBytes.addAndGet(buffer.capacity()) > KEPT_MAX) {
            keptBytes.addAndGet(-buffer.capacity());
        } else {
            kept[classOf(buffer.capacity())].add(buffer);
        }
    }

    private static int classOf(int size) {
        return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1) - SMALLEST_SHIFT);
    }
}
