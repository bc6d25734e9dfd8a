package io.millrace.rpc.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaHello;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPull;
import io.millrace.core.api.ReplicaSession;
import io.millrace.internal.v1.ReplicaServiceGrpc;
import io.millrace.internal.v1.ReplicateRequest;
import io.millrace.internal.v1.ReplicateResponse;
import io.millrace.rpc.transport.SessionOptions;
import io.millrace.rpc.transport.Silence;
import io.millrace.rpc.wire.Hop;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.Refusals;
import io.millrace.rpc.wire.ReplicaParts;
import io.millrace.rpc.wire.ReplicaPulls;
import io.millrace.rpc.wire.WireBytes;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The follower's end of a session with a leader in another process. The next message is read when the listener has taken the
 * one before, so that a listener that takes its time slows down the leader and fills no memory.
 */
final class RemoteSession extends ClientCall.Listener<byte[]> implements ReplicaSession {
    private static final MethodDescriptor<ReplicateRequest, byte[]> REPLICATE =
            Hop.asked(ReplicaServiceGrpc.getReplicateMethod());

    private final String leader;
    private final ManagedChannel channel;
    private final ClientCall<ReplicateRequest, byte[]> call;
    private final ReplicaListener listener;
    private final Silence silence;
    private final Count count;
    /** The listener hears nothing more. */
    private final AtomicBoolean over = new AtomicBoolean();

    private volatile @Nullable Refusal whyEnded;
    private boolean cancelled;

    /** A session on a channel that becomes its own. */
    RemoteSession(
            String leader, ManagedChannel channel, ReplicaListener listener, SessionOptions options, Count count) {
        this.leader = leader;
        this.channel = channel;
        this.call = channel.newCall(REPLICATE, CallOptions.DEFAULT);
        this.listener = listener;
        this.silence = new Silence(options);
        this.count = count;
    }

    /** Who keeps count. */
    interface Count {
        void pulled();

        void ended(RemoteSession session);
    }

    void begin(ReplicaHello hello, ScheduledExecutorService timers) {
        call.start(this, new Metadata());
        call.request(1);
        send(ReplicaPulls.encode(hello));
        lookAgain(timers);
    }

    @Override
    public void pull(ReplicaPull pull) {
        if (!over.get()) {
            send(ReplicaPulls.encode(pull));
            count.pulled();
        }
    }

    @Override
    public void close() {
        if (!over.getAndSet(true)) {
            disconnect("The follower has closed the session.");
        }
    }

    /** Ends the session because this process does; the listener is told. */
    void shutDown() {
        end(new Refusal.ShuttingDown("This broker is about to stop and follows nobody any more."));
    }

    @Override
    public void onMessage(byte[] message) {
        silence.hearing();
        try {
            take(WireBytes.parse(ReplicateResponse.parser(), message));
            call.request(1);
        } catch (MalformedMessageException e) {
            end(new Refusal.Unsupported("What " + leader + " sent cannot be read: " + e.problem()));
        } finally {
            silence.heard();
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        count.ended(this);
        if (!over.getAndSet(true)) {
            Refusal why = whyEnded;
            disconnect("The session is over.");
            listener.onClosed(why == null ? refusal(status) : why);
        }
    }

    private void take(ReplicateResponse response) throws MalformedMessageException {
        switch (response.getStepCase()) {
            case PARTS -> {
                var parts = ReplicaParts.decode(response.getParts());
                if (!over.get()) {
                    listener.onParts(parts);
                }
            }
            case CLOSED -> end(Refusals.decode(response.getClosed()));
            case STILL_HERE, STEP_NOT_SET -> {
                // That it was heard is all; a newer leader's step changes nothing that is known here.
            }
        }
    }

    /** The call's end, which comes on the call's own thread, tells the listener. */
    private void end(Refusal why) {
        if (whyEnded == null) {
            whyEnded = why;
        }
        cancel(why.message());
    }

    private void disconnect(String why) {
        cancel(why);
        channel.shutdownNow();
    }

    /** What keeps the session alive is said between two pulls. */
    private synchronized void send(ReplicateRequest request) {
        if (!cancelled) {
            call.sendMessage(request);
            silence.said();
        }
    }

    /** Nothing may be sent over a call that was cancelled. */
    private void cancel(String why) {
        synchronized (this) {
            cancelled = true;
        }
        call.cancel(why, null);
    }

    private void look(ScheduledExecutorService timers) {
        if (over.get()) {
            return;
        }
        if (silence.isDead()) {
            end(new Refusal.TimedOut("The leader, " + leader + ", was silent for "
                    + silence.ofTheOther().toMillis() + " ms."));
            return;
        }
        if (silence.mustSpeak()) {
            send(ReplicaPulls.STILL_HERE);
        }
        lookAgain(timers);
    }

    private void lookAgain(ScheduledExecutorService timers) {
        var _ = timers.schedule(() -> look(timers), silence.lookEvery().toNanos(), TimeUnit.NANOSECONDS);
    }

    private Refusal refusal(Status status) {
        String reason = status.getCode() + (status.getDescription() == null ? "" : ", " + status.getDescription());
        return switch (status.getCode()) {
            case UNIMPLEMENTED -> new Refusal.Unsupported("There is no broker of this version at " + leader + ".");
            case INVALID_ARGUMENT -> new Refusal.InvalidRequest("Said by " + leader + ": " + reason);
            default -> new Refusal.TimedOut("The session with " + leader + " broke: " + reason);
        };
    }
}
