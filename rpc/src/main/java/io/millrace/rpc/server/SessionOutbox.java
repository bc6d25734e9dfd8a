package io.millrace.rpc.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaPart;
import io.millrace.internal.v1.ReplicateResponse;
import io.millrace.rpc.transport.SessionOptions;
import io.millrace.rpc.transport.Silence;
import io.millrace.rpc.wire.ReplicaParts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes to one follower, in order. Records wait unread in the log until the connection takes them, so that a slow
 * follower costs memory for the send buffer and one message, and otherwise for slices, as many as the session's window
 * lets the leader hand out. One task at a time reads and sends. Safe for all threads.
 */
final class SessionOutbox {
    /** Most parts of one message: news of as many partitions. */
    private static final int MESSAGE_PARTS_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(SessionOutbox.class);

    private final ServerCall<?, ReplicateResponse> call;
    private final SessionOptions options;
    private final Executor reading;
    private final Silence silence;
    private final Deque<ReplicaPart> queue = new ArrayDeque<>();
    private boolean sending;
    private boolean mustSpeak;
    private @Nullable Refusal lastWord;
    private @Nullable Status end;
    private boolean over;

    /**
     * An outbox with nothing in it.
     *
     * @param reading where records are read from disk: for tasks that wait
     */
    SessionOutbox(ServerCall<?, ReplicateResponse> call, SessionOptions options, Executor reading, Silence silence) {
        this.call = call;
        this.options = options;
        this.reading = reading;
        this.silence = silence;
    }

    synchronized void send(List<ReplicaPart> parts) {
        if (!over && end == null) {
            queue.addAll(parts);
            wake();
        }
    }

    /** Says something if nothing else is said. */
    synchronized void stillHere() {
        mustSpeak = true;
        wake();
    }

    /** Ends the call behind what was sent before, with a last word. */
    synchronized void close(Refusal why) {
        if (end == null) {
            lastWord = why;
            end = Status.OK;
            wake();
        }
    }

    /** Ends the call with a last word instead of what waits. */
    synchronized void closeNow(Refusal why) {
        queue.clear();
        close(why);
    }

    /** Ends the call instead of sending what waits. */
    synchronized void fail(Status status) {
        queue.clear();
        if (end == null) {
            end = status;
            wake();
        }
    }

    /** The connection takes more. */
    synchronized void ready() {
        wake();
    }

    /** The call has ended: what was not sent stays unread. */
    synchronized void drop() {
        over = true;
        queue.clear();
    }

    private void wake() {
        if (!sending && hasWork()) {
            sending = true;
            reading.execute(this::sendAll);
        }
    }

    private boolean hasWork() {
        if (over) {
            return false;
        }
        return queue.isEmpty() ? end != null || (mustSpeak && call.isReady()) : call.isReady();
    }

    private void sendAll() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = sendNext();
            }
        } catch (RuntimeException bug) {
            LOG.error("What a follower asked for could not be sent", bug);
            drop();
            call.close(Status.INTERNAL.withDescription("A bug in this process; its log has more."), new Metadata());
        }
    }

    private boolean sendNext() {
        List<ReplicaPart> parts;
        boolean last;
        synchronized (this) {
            if (!hasWork()) {
                sending = false;
                return false;
            }
            parts = takeMessage();
            last = parts.isEmpty() && end != null;
            over = last;
            mustSpeak = false;
        }
        if (last) {
            sayLastWord();
        } else {
            call.sendMessage(parts.isEmpty() ? ReplicaParts.STILL_HERE : ReplicaParts.read(parts));
            silence.said();
        }
        return true;
    }

    private void sayLastWord() {
        if (lastWord != null) {
            call.sendMessage(ReplicaParts.closed(lastWord));
        }
        call.close(end == null ? Status.OK : end, new Metadata());
    }

    private List<ReplicaPart> takeMessage() {
        List<ReplicaPart> parts = new ArrayList<>();
        long bytes = 0;
        while (!queue.isEmpty() && parts.size() < MESSAGE_PARTS_MAX) {
            bytes += ReplicaParts.sizeOf(queue.getFirst());
            if (!parts.isEmpty() && bytes > options.messageBytes()) {
                break;
            }
            parts.add(queue.removeFirst());
        }
        return parts;
    }
}
