package io.millrace.broker.replication.session;

import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPart;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Hands to a listener, one at a time, what several loops have for it: whoever comes while another one is at it leaves his
 * message to that one, so that nobody waits and nothing changes threads without need. Safe for all threads.
 */
final class Outbox {
    private final ReplicaListener listener;
    private final Queue<Consumer<ReplicaListener>> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    Outbox(ReplicaListener listener) {
        this.listener = listener;
    }

    void send(List<ReplicaPart> parts) {
        hand(to -> to.onParts(parts));
    }

    /** The last message. */
    void close(Refusal why) {
        hand(to -> {
            closed = true;
            to.onClosed(why);
        });
    }

    /** From now on the listener hears nothing more. */
    void silence() {
        closed = true;
    }

    private void hand(Consumer<ReplicaListener> message) {
        messages.add(message);
        if (waiting.getAndIncrement() == 0) {
            deliverAll();
        }
    }

    /** A listener with a bug hears nothing more, and the bug goes on to the loop's handler. */
    private void deliverAll() {
        RuntimeException bug = null;
        do {
            Consumer<ReplicaListener> next = messages.remove();
            if (!closed) {
                try {
                    next.accept(listener);
                } catch (RuntimeException e) {
                    closed = true;
                    bug = e;
                }
            }
        } while (waiting.decrementAndGet() > 0);
        if (bug != null) {
            throw bug;
        }
    }
}
