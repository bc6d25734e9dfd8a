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
    private int muteMillis;
    private volatile @Nullable Reply reply;
    /** What the reply was promised, before it is there. Confined to the connection's loop, like the next. */
    private int promisedBytes;

    private boolean weighed;

    Slot(Connection connection, FrameAssembler.Whole frame) {
        this.connection = connection;
        this.frame = frame;
    }

    /** The frame that waits for its reply. */
    FrameAssembler.Whole frame() {
        return frame;
    }

    @Override
    public void reply(Reply given, int mute) {
        if (reply != null) {
            throw new IllegalStateException("A frame has one reply.");
        }
        muteMillis = mute;
        reply = given;
        connection.replied(this);
    }

    @Override
    public int expect(int recordBytesMax) {
        int granted = connection.promise(recordBytesMax);
        promisedBytes = granted;
        return granted;
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

    /** For how long the connection is not read on after the reply. */
    int muteMillis() {
        return muteMillis;
    }

    /** Accounts for the memory of the reply once it is there. */
    void weigh(HeldReplies held) {
        Reply given = reply;
        if (given != null && !weighed) {
            weighed = true;
            held.replied(promisedBytes, given.heldBytes());
        }
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
