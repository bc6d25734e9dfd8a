package io.millrace.gateway.kafka.network;

import io.millrace.gateway.kafka.wire.Reply;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The place of one frame's reply in its connection's order.
 *
 * <pre>
 *   waiting ──▶ replied
 *      └──────▶ abandoned
 * </pre>
 */
final class Slot implements Answer {
    private final Connection connection;
    private final FrameAssembler.Whole frame;
    private final AtomicReference<@Nullable Runnable> whenAbandoned = new AtomicReference<>();
    private volatile @Nullable Reply reply;

    Slot(Connection connection, FrameAssembler.Whole frame) {
        this.connection = connection;
        this.frame = frame;
    }

    /** The frame that waits for its reply. */
    FrameAssembler.Whole frame() {
        return frame;
    }

    @Override
    public void reply(Reply given) {
        if (reply != null) {
            throw new IllegalStateException("A frame has one reply.");
        }
        reply = given;
        connection.replied(this);
    }

    @Override
    public void whenAbandoned(Runnable task) {
        if (!whenAbandoned.compareAndSet(null, task)) {
            task.run();
        }
    }

    /** The reply, or null while there is none. */
    @Nullable
    Reply reply() {
        return reply;
    }

    /** Nobody waits for the reply any more. */
    void abandon() {
        Runnable task = whenAbandoned.getAndSet(Slot::nobodyWaits);
        if (task != null && reply == null) {
            task.run();
        }
    }

    /** In the place of the task to run: it has been run, or never will. */
    private static void nobodyWaits() {}
}
