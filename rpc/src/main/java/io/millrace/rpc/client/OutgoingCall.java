package io.millrace.rpc.client;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.millrace.core.limits.InFlightBytes;
import io.millrace.rpc.wire.Hop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call: it takes the answer in when there is room for it. Callbacks come one after the other; cancelling the future, from
 * any thread, ends the call.
 */
final class OutgoingCall<Q> extends ClientCall.Listener<byte[]> {
    private final ClientCall<Q, byte[]> call;
    private final SentMark sent;
    private final InFlightBytes answers;
    private final Duration roomPatience;
    private final CompletableFuture<byte[]> result;
    private final AtomicBoolean ended = new AtomicBoolean();
    private byte @Nullable [] answer;
    private volatile long held;

    OutgoingCall(
            ClientCall<Q, byte[]> call,
            SentMark sent,
            InFlightBytes answers,
            Duration roomPatience,
            CompletableFuture<byte[]> result) {
        this.call = call;
        this.sent = sent;
        this.answers = answers;
        this.roomPatience = roomPatience;
        this.result = result;
    }

    void start(Q request, int requestBytes) {
        Metadata headers = new Metadata();
        headers.put(Hop.REQUEST_BYTES, Integer.toString(requestBytes));
        call.start(this, headers);
        call.sendMessage(request);
        call.halfClose();
        var _ = result.whenComplete((_, _) -> {
            if (result.isCancelled()) {
                call.cancel("The caller does not wait any more.", null);
            }
        });
    }

    @Override
    public void onHeaders(Metadata headers) {
        long bytes = Math.min(Math.max(0, Hop.number(headers, Hop.ANSWER_BYTES)), answers.limit());
        if (bytes == 0) {
            call.request(1);
        } else {
            answers.enter(bytes, roomPatience, () -> takeIn(bytes), this::turnAway);
        }
    }

    private void takeIn(long bytes) {
        held = bytes;
        if (ended.get()) {
            release();
        } else {
            call.request(1);
        }
    }

    private void turnAway() {
        fail(
                Status.RESOURCE_EXHAUSTED.withDescription(
                        "As many bytes of answers as may be (" + answers.limit() + ") are coming in from brokers."),
                null);
        call.cancel("No room for the answer.", null);
    }

    @Override
    public void onMessage(byte[] message) {
        answer = message;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        ended.set(true);
        byte[] whole = answer;
        if (status.isOk() && whole != null) {
            result.complete(whole);
        } else {
            fail(status.isOk() ? Status.INTERNAL.withDescription("The answer is empty.") : status, trailers);
        }
        release();
    }

    private void fail(Status status, @Nullable Metadata trailers) {
        result.completeExceptionally(new CallFailedException(status, trailers, sent.isSet()));
    }

    /** Called by those who see both that the call has ended and that room is held; which may be two. */
    private void release() {
        long bytes;
        synchronized (this) {
            bytes = held;
            held = 0;
        }
        if (bytes > 0) {
            answers.leave(bytes);
        }
    }
}
