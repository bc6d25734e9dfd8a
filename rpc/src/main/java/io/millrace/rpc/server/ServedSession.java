package io.millrace.rpc.server;

import io.grpc.ServerCall;
import io.grpc.Status;
import io.millrace.core.api.Refusal;
import io.millrace.core.api.ReplicaApi;
import io.millrace.core.api.ReplicaListener;
import io.millrace.core.api.ReplicaPart;
import io.millrace.core.api.ReplicaSession;
import io.millrace.internal.v1.ReplicateRequest;
import io.millrace.internal.v1.ReplicateResponse;
import io.millrace.rpc.transport.Silence;
import io.millrace.rpc.wire.MalformedMessageException;
import io.millrace.rpc.wire.ReplicaPulls;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of a follower in another process, from its call's beginning on. What the follower says is passed on by the
 * call's own thread. It ends once, from whichever side.
 */
final class ServedSession extends ServerCall.Listener<ReplicateRequest> implements ReplicaListener {
    private final ServerCall<ReplicateRequest, ReplicateResponse> call;
    private final ReplicaApi broker;
    private final Count count;
    private final SessionOutbox outbox;
    private final Silence silence;
    private final long startNanos = System.nanoTime();
    private volatile boolean greeted;
    private @Nullable ReplicaSession session;
    private boolean over;

    ServedSession(
            ServerCall<ReplicateRequest, ReplicateResponse> call,
            ReplicaApi broker,
            Count count,
            SessionOutbox outbox,
            Silence silence) {
        this.call = call;
        this.broker = broker;
        this.count = count;
        this.outbox = outbox;
        this.silence = silence;
    }

    /** Who keeps count. */
    interface Count {
        void pulled();

        void ended(ServedSession session);
    }

    @Override
    public void onMessage(ReplicateRequest request) {
        silence.heard();
        try {
            take(request);
            call.request(1);
        } catch (MalformedMessageException e) {
            fail(Status.INVALID_ARGUMENT.withDescription(e.problem()));
        }
    }

    @Override
    public void onHalfClose() {
        fail(Status.OK);
    }

    @Override
    public void onCancel() {
        end();
    }

    @Override
    public void onComplete() {
        end();
    }

    @Override
    public void onReady() {
        outbox.ready();
    }

    @Override
    public void onParts(List<ReplicaPart> parts) {
        outbox.send(parts);
    }

    @Override
    public void onClosed(Refusal why) {
        takeSession();
        outbox.close(why);
    }

    /** Ends the session for a reason of this process, which is told to both sides. */
    void close(Refusal why) {
        closeSession();
        outbox.closeNow(why);
    }

    /** Ends a session whose follower is silent, and says that this side is still here when it was silent itself. */
    void look(Duration helloTimeout) {
        if (!greeted && System.nanoTime() - startNanos > helloTimeout.toNanos()) {
            fail(Status.DEADLINE_EXCEEDED.withDescription(
                    "Nobody has said within " + helloTimeout.toMillis() + " ms who opens the session."));
        } else if (silence.isDead()) {
            fail(Status.DEADLINE_EXCEEDED.withDescription(
                    "The follower was silent for " + silence.ofTheOther().toMillis() + " ms."));
        } else if (silence.mustSpeak()) {
            outbox.stillHere();
        }
    }

    private void take(ReplicateRequest request) throws MalformedMessageException {
        if (greeted == request.hasHello()) {
            throw new MalformedMessageException(
                    "A session begins with who opens it and to whom, and that is said only once.");
        }
        switch (request.getStepCase()) {
            case HELLO -> {
                greeted = true;
                attach(broker.open(ReplicaPulls.decode(request.getHello()), this));
            }
            case PULL -> pull(request);
            case STILL_HERE, STEP_NOT_SET -> {
                // That it was heard is all; a newer follower's step changes nothing that is known here.
            }
        }
    }

    private void pull(ReplicateRequest request) throws MalformedMessageException {
        ReplicaSession open;
        synchronized (this) {
            open = session;
        }
        if (open != null) {
            open.pull(ReplicaPulls.decode(request.getPull()));
            count.pulled();
        }
    }

    /** The session may be over before it is known here. */
    private void attach(ReplicaSession opened) {
        boolean late;
        synchronized (this) {
            late = over;
            session = late ? null : opened;
        }
        if (late) {
            opened.close();
        }
    }

    private void fail(Status status) {
        closeSession();
        outbox.fail(status);
    }

    private void end() {
        outbox.drop();
        closeSession();
        count.ended(this);
    }

    private void closeSession() {
        ReplicaSession open = takeSession();
        if (open != null) {
            open.close();
        }
    }

    private synchronized @Nullable ReplicaSession takeSession() {
        ReplicaSession open = session;
        session = null;
        over = true;
        return open;
    }
}
